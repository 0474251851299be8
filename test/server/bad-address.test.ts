import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { assertRefused } from '../support/bad-answer.ts';
import { call, openChat } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

describe('bad addresses', () => {
  let product: TestProduct;
  before(async () => (product = await startTestProduct()));
  after(() => product.stop());
  afterEach('the server lives on, and had no fault', async () => {
    assert.equal((await call(`${product.url}/health`, 'GET')).status, 200);
    assert.deepEqual(product.faults(), []);
  });

  for (const path of [
    '/nothing',
    '/v3/directline',
    '/v3/directline/session/getsessionid',
    '/V3/directline/tokens/generate',
    '/assets/nothing.js',
    '/assets/%2e%2e%2f%2e%2e%2fconfig.js',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/assets/anything%2F..%2F..%2Fwidget%2Fmain.css',
    '/assets/.%2Fwidget-main.css',
    '/assets/%00',
    '/assets/..%5c..%5cmain.js',
    '/articles/nothing',
    '/articles/..%2f..%2fREADME',
    '/articles/__proto__',
    '/tickets/LK-NOTHING',
    '/tickets/%00',
    `/tickets/${'x'.repeat(5000)}`,
    '/.env',
    '/.git/config',
  ])
    it(`GET ${path.slice(0, 60)}: 404`, async () =>
      assertRefused(await call(product.url + path, 'GET'), 404, 'not-found'));

  for (const path of ['/%', '/%zz', '/widget/%c0%ae', '/tickets/%ff', '/v3/directline/conversations/%e0%a4/activities'])
    it(`GET ${path}, which is no text: refused`, async () => assertRefused(await call(product.url + path, 'GET')));

  for (const [method, path] of [
    ['GET', '/v3/directline/tokens/generate'],
    ['DELETE', '/v3/directline/conversations'],
    ['PUT', '/health'],
    ['POST', '/console'],
    ['PATCH', '/'],
  ] as const)
    it(`${method} ${path}: 405`, async () => assertRefused(await call(product.url + path, method), 405));

  /** Sends bytes as they stand, and gives what came back until the server closed. */
  async function raw(bytes: string): Promise<string> {
    const socket = connect(Number(new URL(product.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    const answer = text(socket);
    socket.write(bytes);
    return answer;
  }
  const head = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`;
  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';

  for (const path of ['//', '//:', 'http://[', '/', '/v3/directline/conversations/a/b/stream', '/%zz', '*'])
    it(`an upgrade at ${path} is refused and closed`, async () => {
      assert.match(await raw(head(path, upgrade)), /^HTTP\/1\.1 40[034] /);
    });

  for (const path of ['//', 'http://[', '*'])
    it(`a request line with the address ${path} is refused`, async () => {
      assert.match(await raw(head(path, 'Connection: close\r\n')), /^HTTP\/1\.1 40[045] /);
    });

  for (const host of ['[', 'a b', 'a:99999', 'a;script-src *', 'a"><script>', '', '%', 'a@b', 'a/b'])
    it(`a request to the host "${host}" is refused, and the host not repeated`, async () => {
      for (const path of ['/widget/', '/health'] as const) {
        const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
        assert.match(answer, /^HTTP\/1\.1 40[04] /);
        if (host.length > 2) assert.ok(!answer.includes(host));
      }
    });

  for (const host of ['example.com', 'localhost:3978', '[::1]:3978', '127.0.0.1'])
    it(`a request to the host "${host}" is served`, async () => {
      const answer = await raw(`GET /widget/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 200 /);
    });

  it('an upgrade for the stream without a WebSocket’s headers is refused', async () => {
    const { id } = await openChat(product.url);
    const path = `/v3/directline/conversations/${id}/stream?t=x`;
    assert.match(await raw(head(path, 'Connection: Upgrade\r\nUpgrade: websocket\r\n')), /^HTTP\/1\.1 400 /);
  });

  it('a client that resets its refused upgrade harms nobody', async () => {
    for (let i = 0; i < 50; i += 1) {
      const socket = connect(Number(new URL(product.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(head('/nothing', upgrade));
      socket.resetAndDestroy();
    }
    assert.equal((await call(`${product.url}/health`, 'GET')).status, 200);
  });

  it('what is not HTTP is refused', async () => {
    assert.match(await raw('\u0016\u0003\u0001 not http\r\n\r\n'), /^HTTP\/1\.1 400 /);
  });
});
