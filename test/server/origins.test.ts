import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { azureSources } from '../../src/channels/azure/endpoints.ts';
import { createOrigins } from '../../src/http/origins.ts';
import { assertRefused } from '../support/bad-answer.ts';
import { call, openChat, openStream } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const listed = 'https://www.example.com';
const other = 'https://www.example.com.evil.test';

describe('which sites may use the chat', () => {
  let product: TestProduct;
  before(async () => (product = await startTestProduct({ allowedOrigins: [listed, 'https://app.example.com'] })));
  after(() => product.stop());

  const generate = (headers: Record<string, string>) =>
    call(`${product.url}/v3/directline/tokens/generate`, 'POST', {}, headers);

  it('a listed site: yes, and its page may read the answer', async () => {
    const { status, headers } = await generate({ origin: listed });
    assert.equal(status, 200);
    assert.equal(headers.get('access-control-allow-origin'), listed);
    assert.equal(headers.get('access-control-expose-headers'), 'Retry-After');
    assert.match(headers.get('vary') ?? '', /origin/i);
  });

  it('a listed site reads refusals, too', async () => {
    const url = `${product.url}/v3/directline/tokens/refresh`;
    const { status, headers } = await call(url, 'POST', undefined, { origin: listed });
    assert.deepEqual([status, headers.get('access-control-allow-origin')], [401, listed]);
  });

  it('a listed site’s preflight names what the official client asks for', async () => {
    const asks = { 'access-control-request-method': 'POST' };
    const url = `${product.url}/v3/directline/conversations`;
    const { status, headers } = await call(url, 'OPTIONS', undefined, { origin: listed, ...asks });
    const allowed = headers.get('access-control-allow-headers') ?? '';
    assert.equal(status, 204);
    assert.equal(headers.get('access-control-allow-origin'), listed);
    for (const name of ['authorization', 'content-type', 'x-ms-bot-agent', 'x-requested-with'])
      assert.ok(allowed.includes(name), name);
  });

  for (const origin of [other, 'https://example.com', 'http://www.example.com', `${listed}:444`, 'null', 'junk'])
    it(`${origin}, which is not listed: no`, async () => {
      const answer = await generate({ origin });
      assertRefused(answer, 403, 'origin-refused');
      assert.equal(answer.headers.get('access-control-allow-origin'), null);
      const preflight = await call(`${product.url}/v3/directline/conversations`, 'OPTIONS', undefined, { origin });
      assertRefused(preflight, 403, 'origin-refused');
    });

  it('a site that is not listed cannot open the stream, and the ticket is still good', async () => {
    const url = String((await (await openChat(product.url)).call('GET', '')).body.streamUrl);
    const socket = new WebSocket(url, { headers: { origin: other } });
    const [error] = (await once(socket, 'error')) as [Error];
    assert.match(error.message, /403/);
    await (await openStream(url, { origin: listed })).close();
  });

  it('who is not a browser sends no Origin: yes', async () => {
    assert.equal((await generate({})).status, 200);
  });

  it('this server’s own pages: yes', async () => {
    assert.equal((await generate({ origin: product.url })).status, 200);
  });
});

describe('the widget’s page', () => {
  const sources = (policy: string, name: string) =>
    policy.split('; ').find((one) => one.startsWith(`${name} `)) ?? `no ${name}`;

  it('runs nothing that is not ours, and may be embedded by the listed sites only', async () => {
    const product = await startTestProduct({ allowedOrigins: [listed] });
    const { status, headers } = await call(`${product.url}/widget/`, 'GET');
    await product.stop();
    const policy = headers.get('content-security-policy') ?? '';
    assert.equal(status, 200);
    // The logo stands in the page, and an image runs nothing.
    assert.equal(sources(policy, 'img-src'), "img-src 'self' data:");
    assert.doesNotMatch(policy.replace("img-src 'self' data:", ''), /unsafe|\*|data:|https:(?!\/\/www\.example\.com)/);
    assert.equal(sources(policy, 'default-src'), "default-src 'none'");
    assert.equal(sources(policy, 'script-src'), "script-src 'self'");
    assert.equal(sources(policy, 'frame-ancestors'), `frame-ancestors 'self' ${product.url} ${listed}`);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  });

  it('holds no script inside, and one style sheet that the policy names by its content', async () => {
    const product = await startTestProduct();
    const { body, headers } = await call(`${product.url}/widget/`, 'GET');
    await product.stop();
    const page = String(body.text);
    const style = /<style>([^<]*)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.match(style, /--accent/);
    assert.match(
      headers.get('content-security-policy') ?? '',
      new RegExp(`style-src 'sha256-${RegExp.escape(hash)}';`),
    );
    const rest = page.replace(`<style>${style}</style>`, '');
    assert.doesNotMatch(rest, /<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=|\{\{/);
  });

  it('may call what the settings name besides this server, and nothing else', () => {
    const request = new IncomingMessage(new Socket());
    const policyOf = (...called: readonly string[]) =>
      sources(
        createOrigins({ publicUrl: 'https://help.example.com', allowedOrigins: [], called }).widgetPolicy(
          request,
          "'self'",
        ),
        'connect-src',
      );
    assert.equal(policyOf(), "connect-src 'self' wss://help.example.com");
    assert.equal(
      policyOf(...azureSources),
      "connect-src 'self' wss://help.example.com https://directline.botframework.com wss://directline.botframework.com",
    );
  });

  it('is told the public address where there is one, whatever the client says', () => {
    const origins = createOrigins({ publicUrl: 'https://help.example.com', allowedOrigins: [listed], called: [] });
    const from = (origin: string) => {
      const request = new IncomingMessage(new Socket());
      Object.assign(request.headers, { host: 'evil.test', origin });
      return request;
    };
    const request = from('http://evil.test');
    assert.equal(origins.streamBase(request), 'wss://help.example.com');
    assert.deepEqual(origins.embedders(request), ['https://help.example.com', listed]);
    assert.equal(origins.allows(request), false);
    assert.equal(origins.allows(from('https://help.example.com')), true);
  });
});
