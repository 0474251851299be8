import type { IncomingMessage } from 'node:http';
import type { DirectLine } from './channels/direct-line/direct-line.ts';
import type { Channel } from './channels/channel.ts';
import { articlePage } from './console/article-page.ts';
import { pagePolicy } from './console/layout.ts';
import type { Console } from './console/console.ts';
import type { Demo } from './demo/demo.ts';
import type { Content } from './domain/content.ts';
import { SupportError } from './domain/errors.ts';
import type { Store } from './domain/ports.ts';
import { errorAnswer, json, page } from './http/answer.ts';
import type { WebFiles } from './http/files.ts';
import type { Origins } from './http/origins.ts';
import { isSecret } from './http/secret.ts';
import { readJson, readText } from './http/read-json.ts';
import type { Call, Handler, OpenStream, Route } from './http/route.ts';
import type { Meters } from './metrics/meters.ts';
import { articleHtml } from './knowledge/article-html.ts';

/** What the routes reach. */
export interface RouteNeeds {
  readonly directLine: DirectLine;
  readonly store: Store;
  readonly content: Content;
  readonly files: WebFiles;
  readonly origins: Origins;
  readonly console: Console;
  /** The channels that post to us. */
  readonly channels: readonly Channel[];
  /** Null: nobody may read the meters. */
  readonly metrics: { readonly key: string; readonly meters: Meters } | null;
  /** Null outside the demo: its paths are then not there. */
  readonly demo: Demo | null;
}

const streamPath = /^\/v3\/directline\/conversations\/([\w-]{1,128})\/stream$/;

/** Opens the stream that an address and its client may have; null where there is none for them. */
export async function streamAt(needs: RouteNeeds, url: URL, request: IncomingMessage): Promise<OpenStream | null> {
  if (url.pathname === '/console/stream') {
    const agent = () => needs.console.door.agentOfUpgrade(request);
    await agent();
    return needs.console.stream(() =>
      agent().then(
        () => true,
        () => false,
      ),
    );
  }
  const id = streamPath.exec(url.pathname)?.[1];
  if (id === undefined || !needs.origins.allows(request)) return null;
  return (socket) => {
    const ticket = url.searchParams.get('t') ?? '';
    const leave = needs.directLine.stream(id, ticket, url.searchParams.get('watermark') ?? '', socket);
    return leave && { hear: () => undefined, leave };
  };
}

/** Every path of the product but the stream's, which is a WebSocket. */
export function routesOf(needs: RouteNeeds): Route[] {
  return [
    ...directLineRoutes(needs),
    ...pageRoutes(needs),
    ...needs.console.routes,
    ...needs.channels.flatMap(({ routes }) => routes),
    ...(needs.metrics ? [metricsRoute(needs.metrics)] : []),
    ...(needs.console.hearDesk ? [deskRoute(needs.console.hearDesk)] : []),
    ...(needs.demo ? demoRoutes(needs, needs.demo) : []),
  ];
}

/** What was counted, for whoever has the key. */
function metricsRoute({ key, meters }: NonNullable<RouteNeeds['metrics']>): Route {
  return [
    'get',
    '/metrics',
    async ({ headers }) => {
      if (!isSecret(headers.authorization ?? '', `Bearer ${key}`)) throw new SupportError('token-invalid');
      return { status: 200, type: meters.type, body: await meters.text() };
    },
  ];
}

/** Where the desk posts what its agents do. */
function deskRoute(hear: NonNullable<Console['hearDesk']>): Route {
  return [
    'post',
    '/desk',
    async (request) => {
      await hear(request.headers as Readonly<Record<string, string | undefined>>, await readText(request));
      return json({ status: 'ok' });
    },
  ];
}

function directLineRoutes({ directLine, origins }: RouteNeeds): Route[] {
  const base = '/v3/directline';
  const token = ({ headers }: Call) => headers.authorization;
  const id = ({ params }: Call) => params.id ?? '';
  const watermark = (call: Call) => new URLSearchParams(call.getQuery()).get('watermark') ?? '';
  return [
    [
      'post',
      `${base}/tokens/generate`,
      async (request) => json(await directLine.generate(await readJson(request), request.socket.remoteAddress ?? '')),
    ],
    ['post', `${base}/tokens/refresh`, async (request) => json(await directLine.refresh(token(request)))],
    [
      'post',
      `${base}/conversations`,
      async (request) => {
        const { fresh, started } = await directLine.start(token(request), origins.streamBase(request));
        return json(started, fresh ? 201 : 200);
      },
    ],
    [
      'get',
      `${base}/conversations/:id`,
      async (request) =>
        json(await directLine.reconnect(token(request), id(request), watermark(request), origins.streamBase(request))),
    ],
    [
      'get',
      `${base}/conversations/:id/activities`,
      async (request) => json(await directLine.activities(token(request), id(request), watermark(request))),
    ],
    [
      'post',
      `${base}/conversations/:id/activities`,
      async (request) => json(await directLine.post(token(request), id(request), await readJson(request))),
    ],
    ['post', `${base}/conversations/:id/upload`, () => errorAnswer(new SupportError('files-not-accepted'))],
  ];
}

function pageRoutes({ content, files, origins, store }: RouteNeeds): Route[] {
  const file =
    (name: string): Handler =>
    (request) =>
      files.answer(name, request.headers['accept-encoding']);
  const named =
    (folder: string): Handler =>
    (request) =>
      files.answer(`${folder}/${request.params.name ?? ''}`, request.headers['accept-encoding']);
  return [
    [
      'get',
      '/health',
      async () => {
        await store.ready();
        return json({ status: 'ok' });
      },
    ],
    [
      'get',
      '/widget.js',
      (request) =>
        files.answer('widget/loader.js', request.headers['accept-encoding'], {
          'cross-origin-resource-policy': 'cross-origin',
        }),
    ],
    [
      'get',
      '/widget/',
      (request) =>
        page(
          files.page('widget/index.html', { origins: origins.embedders(request).join(' ') }),
          origins.widgetPolicy(request),
        ),
    ],
    ['get', '/widget/:name', named('widget')],
    ['get', '/vendor/marked.js', file('vendor/marked.js')],
    ['get', '/site.css', file('site.css')],
    [
      'get',
      '/articles/:slug',
      (request) => {
        const article = content.articles.get(request.params.slug ?? '');
        if (!article) throw new SupportError('not-found');
        return page(articlePage(article, articleHtml(article), content.replies), pagePolicy);
      },
    ],
  ];
}

function demoRoutes({ files }: RouteNeeds, demo: Demo): Route[] {
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'";
  return [
    ['get', '/', () => page(files.page('demo/index.html', {}), policy)],
    ['get', '/demo/customers', () => json(demo.customers())],
    [
      'post',
      '/demo/identity',
      async (request) => {
        return json(await demo.identityOf(await readJson(request)));
      },
    ],
    [
      'get',
      '/demo/:name',
      (request) => files.answer(`demo/${request.params.name ?? ''}`, request.headers['accept-encoding']),
    ],
  ];
}
