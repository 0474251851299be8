import type { Demo } from '../demo/index.ts';
import { SupportError } from '../domain/errors.ts';
import { escapeHtml } from '../domain/escape-html.ts';
import type { Store } from '../domain/ports.ts';
import { json, page, redirect, type Answer } from '../http/answer.ts';
import { sha256 } from '../http/cacheable.ts';
import { assetsPath, type WebFiles } from '../http/files.ts';
import { alive, livePath } from '../http/life.ts';
import type { Origins } from '../http/origins.ts';
import { readJson } from '../http/read-json.ts';
import type { Handler, Route } from '../http/route.ts';
import { isSecret } from '../http/secret.ts';
import type { Meters } from '../metrics/meters.ts';
import { brandStyle, loaderBrand, logoImage, logoWithin } from './brand.ts';
import { helpRoutes, type HelpNeeds } from './help-routes.ts';
import { notAllowedPage, notAllowedPolicy } from './not-allowed-page.ts';

const css = 'text/css; charset=utf-8';
/** Pages of others ask for it with every page of theirs: for five minutes not, then while they use it. */
const loaderCaching = 'public, max-age=300, stale-while-revalidate=86400';
/** What may change with the content. */
const noCache = { status: 200, headers: { 'cache-control': 'no-cache' } };

/** What the site's pages are made from. */
export interface SiteNeeds extends HelpNeeds {
  readonly store: Pick<Store, 'ready'>;
  readonly files: WebFiles;
  readonly origins: Origins;
  readonly takesScreenshots: boolean;
  /** Null: nobody may read the meters. */
  readonly metrics: { readonly key: string; readonly meters: Meters } | null;
  /** Null outside the demo: its paths are then not there. */
  readonly demo: Demo | null;
}

/** The paths that belong to no channel and not to the console: the widget, the articles, health, meters and the demo. */
export function siteRoutes(needs: SiteNeeds): Route[] {
  return [
    ...pageRoutes(needs),
    ...helpRoutes(needs),
    ...(needs.metrics ? [metricsRoute(needs.metrics)] : []),
    ...(needs.demo ? demoRoutes(needs, needs.demo) : [['get', '/', () => redirect('/articles', 302)] as const]),
  ];
}

/** What was counted, for whoever has the key. */
function metricsRoute({ key, meters }: NonNullable<SiteNeeds['metrics']>): Route {
  return [
    'get',
    '/metrics',
    async ({ headers }) => {
      if (!isSecret(headers.authorization ?? '', `Bearer ${key}`)) throw new SupportError('token-invalid');
      return { status: 200, type: meters.type, body: await meters.text() };
    },
  ];
}

function pageRoutes({ content, files, origins, store, takesScreenshots }: SiteNeeds): Route[] {
  const ready: Handler = async () => {
    await store.ready();
    return json({ status: 'ok' });
  };
  return [
    ['get', livePath, alive],
    ['get', '/health/ready', ready],
    ['get', '/health', ready],
    [
      'get',
      '/widget.js',
      async () => ({
        ...{ status: 200, type: 'text/javascript; charset=utf-8' },
        body: await files.script('widget/loader.js', { brand: loaderBrand(content.brand) }),
        headers: { 'cache-control': loaderCaching, 'cross-origin-resource-policy': 'cross-origin' },
      }),
    ],
    [
      'get',
      '/widget/',
      async (request) => {
        const from = new URLSearchParams(request.getQuery()).get('from');
        if (from !== null && !origins.mayEmbed(request, from))
          return framed(page(notAllowedPage(from, content.replies), notAllowedPolicy));
        const style = (await files.text('widget/main.css')) + brandStyle(content.brand);
        const html = await files.page('widget/index.html', {
          style: `<style>${style}</style>`,
          origins: origins.embedders(request).join(' '),
          files: takesScreenshots ? 'screenshots' : 'none',
          language: content.languages.own,
          title: escapeHtml(content.brand.title),
          logo: logoWithin(content.brand).text,
          starting: escapeHtml(content.replies.lines['page-starting'] ?? ''),
        });
        const answer = page(html, origins.widgetPolicy(request, `'sha256-${sha256(style, 'base64')}'`));
        return framed({ ...answer, headers: { ...answer.headers, ...noCache.headers } });
      },
    ],
    ['get', `${assetsPath}:name`, (request) => files.asset(request.params.name ?? '')],
    ['get', '/site.css', async () => ({ ...noCache, type: css, body: await files.text('site.css') })],
    ['get', '/brand.css', () => ({ ...noCache, type: css, body: brandStyle(content.brand) })],
    [
      'get',
      '/brand/logo.svg',
      () => {
        if (!content.brand.logo) throw new SupportError('not-found');
        // An image may hold scripts, for whoever opens it by itself.
        const headers = {
          ...noCache.headers,
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        };
        return { ...noCache, type: 'image/svg+xml', body: content.brand.logo.svg, headers };
      },
    ],
    ['get', '/help.css', async () => ({ ...noCache, type: css, body: await files.text('help.css') })],
  ];
}

/** A page that is isolated from others may frame only what says that it may be, and asks as much of what it loads. */
function framed(answer: Answer): Answer {
  const isolated = {
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'cross-origin',
  };
  return { ...answer, headers: { ...answer.headers, ...isolated } };
}

function demoRoutes({ files, content }: SiteNeeds, demo: Demo): Route[] {
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  return [
    [
      'get',
      '/',
      async () =>
        page(
          await files.page('demo/index.html', {
            company: escapeHtml(content.catalog.company),
            logo: logoImage(content.brand).text,
          }),
          policy,
        ),
    ],
    ['get', '/demo/customers', () => json(demo.customers())],
    [
      'post',
      '/demo/identity',
      async (request) => {
        return json(await demo.identityOf(await readJson(request)));
      },
    ],
  ];
}
