import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import restify, { type Request, type Response } from 'restify';
import { WebSocketServer } from 'ws';
import type { DirectLine } from './channels/direct-line/direct-line.ts';
import { articlePage } from './console/article-page.ts';
import { pagePolicy } from './console/layout.ts';
import { ticketPage } from './console/ticket-page.ts';
import { ticketsPage } from './console/tickets-page.ts';
import type { Demo } from './demo/demo.ts';
import type { Content } from './domain/content.ts';
import { SupportError } from './domain/errors.ts';
import type { Log, Store } from './domain/ports.ts';
import { errorAnswer, isFault, json, page, type Answer } from './http/answer.ts';
import type { WebFiles } from './http/files.ts';
import { isAddress, type Origins } from './http/origins.ts';
import { readJson } from './http/read-json.ts';
import { articleHtml } from './knowledge/article-html.ts';
import type { TicketsDoor } from './http/tickets-door.ts';

export interface ServerNeeds {
  readonly directLine: DirectLine;
  readonly store: Store;
  readonly content: Content;
  readonly files: WebFiles;
  readonly origins: Origins;
  readonly door: TicketsDoor;
  /** Null outside the demo: its paths are then not there. */
  readonly demo: Demo | null;
  readonly log: Log;
}

export interface Server {
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Refuses what is new, lets what runs finish, then closes. */
  stop(): Promise<void>;
}

type Handler = (request: Request) => Promise<Answer> | Answer;
type Route = readonly [method: 'get' | 'post', path: string, handler: Handler];

const ticketsShown = 200;
const transcriptShown = 1000;
const socketsAlive = { maxPayload: 65_536, perMessageDeflate: false, noServer: true } as const;
const streamPath = /^\/v3\/directline\/conversations\/([\w-]{1,128})\/stream$/;

/** Every path of the product, over HTTP. */
export function createServer(needs: ServerNeeds): Server {
  const { log, origins } = needs;
  const server = restify.createServer({ name: '', handleUncaughtExceptions: false });
  let stopping = false;

  server.server.headersTimeout = 10_000;
  server.server.requestTimeout = 15_000;
  server.pre((request: Request, response: Response, next: (proceed?: false) => void) => {
    const early = before(request);
    if (!early) { next(); return; }
    write(response, early, request);
    next(false);
  });

  function before(request: Request): Answer | null {
    if (stopping) return errorAnswer(new SupportError('stopping'));
    if (!isAddress(request)) return errorAnswer(new SupportError('not-found'));
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') return errorAnswer(new SupportError('body-encoded'));
    if (!origins.allows(request)) return errorAnswer(new SupportError('origin-refused'));
    return request.method === 'OPTIONS'
      ? { status: 204, type: 'text/plain', body: '', headers: origins.preflight }
      : null;
  }

  for (const [method, path, handler] of routesOf(needs))
    server[method](path, (request: Request, response: Response, next: (proceed?: false) => void) => {
      void answerTo(request, handler).then((answer) => {
        write(response, answer, request);
        next(false);
      });
    });

  async function answerTo(request: Request, handler: Handler): Promise<Answer> {
    try {
      return await handler(request);
    } catch (error) {
      if (isFault(error)) log.error({ path: request.path(), err: error }, 'a request failed');
      return errorAnswer(error);
    }
  }

  // restify's own errors (no route, wrong method, bad address) take our shape too. Its last argument would make restify
  // answer a second time, so it is not called.
  server.on('restifyError', (request: Request, response: Response, error: { statusCode?: number }) => {
    const answer = errorAnswer(new SupportError('not-found'));
    if (!response.headersSent) write(response, { ...answer, status: error.statusCode === 405 ? 405 : 404 }, request);
  });

  function write(response: Response, answer: Answer, request: Request): void {
    const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body);
    response.writeHead(answer.status, {
      'content-type': answer.type,
      'content-length': body.length,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      ...(stopping || answer.status === 413 ? { connection: 'close' } : {}),
      ...origins.headersFor(request),
      ...answer.headers,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  const sockets = new WebSocketServer(socketsAlive);
  server.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    // Node takes its own error listener off an upgraded socket: a client that resets it must not end the process.
    socket.on('error', () => socket.destroy());
    const url = isAddress(request) ? new URL(request.url ?? '/', 'http://localhost') : null;
    const id = streamPath.exec(url?.pathname ?? '')?.[1];
    if (!url || id === undefined || stopping || !origins.allows(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      const stream = {
        send: (frame: string) => client.send(frame),
        close: () => client.close(1001),
        get buffered() {
          return client.bufferedAmount;
        },
      };
      client.on('error', () => client.terminate());
      try {
        const watermark = url.searchParams.get('watermark') ?? '';
        const leave = needs.directLine.stream(id, url.searchParams.get('t') ?? '', watermark, stream);
        if (leave) client.on('close', leave);
        else client.close(1008);
      } catch {
        client.close(1008);
      }
    });
  });

  return {
    async listen(port, host) {
      // Without a listener here, restify throws the error a second time.
      server.on('error', () => undefined);
      server.listen(port, host);
      try {
        await once(server.server, 'listening');
      } catch (cause) {
        throw new SupportError('config-invalid', {
          cause,
          detail: `PORT ${port} on ${host} cannot be used: set another one`,
        });
      }
      return server.server.address() as AddressInfo;
    },
    async stop() {
      stopping = true;
      for (const client of sockets.clients) client.close(1001);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.server.closeIdleConnections();
      const deadline = setTimeout(() => server.server.closeAllConnections(), 5_000);
      await closed;
      clearTimeout(deadline);
    },
  };
}

function routesOf(needs: ServerNeeds): Route[] {
  return [...directLineRoutes(needs), ...pageRoutes(needs), ...(needs.demo ? demoRoutes(needs, needs.demo) : [])];
}

function directLineRoutes({ directLine, origins }: ServerNeeds): Route[] {
  const base = '/v3/directline';
  const token = (request: Request) => request.headers.authorization;
  const id = (request: Request) => String(request.params.id);
  const watermark = (request: Request) => new URLSearchParams(request.getQuery()).get('watermark') ?? '';
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

function pageRoutes({ content, door, files, origins, store }: ServerNeeds): Route[] {
  const file =
    (name: string): Handler =>
    (request) =>
      files.answer(name, request.headers['accept-encoding']);
  const named =
    (folder: string): Handler =>
    (request) =>
      files.answer(`${folder}/${String(request.params.name)}`, request.headers['accept-encoding']);
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
        const article = content.articles.get(String(request.params.slug));
        if (!article) throw new SupportError('not-found');
        return page(articlePage(article, articleHtml(article), content.replies), pagePolicy);
      },
    ],
    [
      'get',
      '/tickets',
      (request) =>
        door.open(request, async () => page(ticketsPage(await store.tickets.newest(ticketsShown)), pagePolicy)),
    ],
    [
      'get',
      '/tickets/:number',
      (request) =>
        door.open(request, async () => {
          const filed = await store.tickets.find(String(request.params.number));
          if (!filed) throw new SupportError('not-found');
          const transcript = await store.activitiesAfter(filed.ticket.conversationId, 0, transcriptShown);
          return page(ticketPage(filed, transcript), pagePolicy);
        }),
    ],
  ];
}

function demoRoutes({ files }: ServerNeeds, demo: Demo): Route[] {
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
      (request) => files.answer(`demo/${String(request.params.name)}`, request.headers['accept-encoding']),
    ],
  ];
}
