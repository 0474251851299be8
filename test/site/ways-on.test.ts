import assert from 'node:assert/strict';
import { createServer } from '../../src/http/server.ts';
import { facingOf } from '../../src/product.ts';
import { content, countingRandom, fakeClock, keptLog } from '../support/fakes.ts';
import { testParts } from '../support/parts.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const person = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const needs = { clock: fakeClock(), log: keptLog(), random: countingRandom() };
const facing = facingOf(testParts(needs).config, content);
const ask = (address: string, headers: Record<string, string> = person, method = 'GET') =>
  fetch(address, { headers, method, redirect: 'manual' });

describe('wherever a person comes to', () => {
  let product: TestProduct;
  before(async () => (product = await startTestProduct({ demo: false })));
  after(() => product.stop());

  /** A page in our style from which it goes on; never JSON, never nothing. */
  async function assertWayOn(answer: Response, ...ways: RegExp[]): Promise<void> {
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
    const html = await answer.text();
    assert.match(html, /<h1>[^<]+<\/h1>/);
    assert.match(html, /class="button" href="\/articles"/);
    assert.match(html, /<a href="\/widget\/">Contact Us/);
    assert.doesNotMatch(html, /\{"error"/);
    for (const way of ways) assert.match(html, way);
  }

  const wrong = [
    '/nothing',
    '/articles/nothing',
    '/articles/seats/more',
    '/widget/nothing',
    '/%',
    '/%zz',
    '/articles/%ff',
  ];
  for (const path of [...wrong, '/articles/%00', '/articles/__proto__', '/demo/nothing', '/v3/nothing'])
    it(`at ${path} there is a page with a search and the ways on; programs get JSON`, async () => {
      const answer = await ask(product.url + path);
      assert.equal(answer.status, 404);
      await assertWayOn(answer, /role="search"/);
      const told = await ask(product.url + path, { accept: '*/*' });
      assert.equal(told.status, 404);
      assert.equal(((await told.json()) as { error: { code: string } }).error.code, 'not-found');
    });

  it('at a wrong address of the console there is a way to it', async () => {
    await assertWayOn(await ask(`${product.url}/console/nothing`), /class="button" href="\/console"/);
  });

  it('a form that may not be sent, or was sent wrongly, gets a page as well', async () => {
    const foreign = { ...person, origin: 'https://evil.example' };
    const refused = await ask(`${product.url}/articles/seats/feedback`, foreign, 'POST');
    assert.equal(refused.status, 403);
    await assertWayOn(refused, /href="">Try again/);
    const get = await ask(`${product.url}/articles/seats/feedback`);
    assert.equal(get.status, 405);
    await assertWayOn(get);
  });

  for (const [from, to] of [
    ['/', '/articles'],
    ['/articles/', '/articles'],
    ['/articles/?q=a%2Fb', '/articles?q=a%2Fb'],
    ['/articles/seats/', '/articles/seats'],
    ['/console/', '/console'],
    ['/console/insights/', '/console/insights'],
    ['/widget', '/widget/'],
    ['/widget?article=seats', '/widget/?article=seats'],
    ['/articles//seats', '/articles/seats'],
    ['//articles', '/articles'],
    ['///articles///seats//', '/articles/seats/'],
    ['/articles//seats?a=//b', '/articles/seats?a=//b'],
  ] as const)
    it(`${from} leads to ${to}`, async () => {
      for (const method of ['GET', 'HEAD']) {
        const answer = await ask(product.url + from, person, method);
        assert.ok([301, 302].includes(answer.status), String(answer.status));
        assert.equal(answer.headers.get('location'), to);
      }
    });

  it('no address leads to another site', async () => {
    const tricks = [
      '//evil.example',
      '///evil.example/',
      '/evil.example//',
      '//evil.example//',
      '/articles//evil.example/',
    ];
    for (const path of [...tricks, '/\\\\evil.example//', '/articles/%2F%2Fevil.example/']) {
      const location = (await ask(product.url + path)).headers.get('location') ?? '/';
      assert.equal(new URL(location, product.url).origin, product.url, path);
      assert.match(location, /^\/(?![\\/])/, path);
    }
  });

  it('before it serves anything a person reads that, and is not shown JSON', async () => {
    const server = createServer({ log: keptLog(), ...facing });
    const url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
    const answer = await ask(`${url}/articles`);
    assert.equal(answer.status, 503);
    assert.ok(answer.headers.get('retry-after'));
    await assertWayOn(answer, /We can’t show this page just now/);
    await server.stop();
  });

  it('a page that fails is a page', async () => {
    const server = createServer({ log: keptLog(), ...facing });
    const fail = () => {
      throw new Error('a secret');
    };
    server.serve({ routes: [['get', '/console', fail]], streams: [] });
    const url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
    const answer = await ask(`${url}/console`);
    assert.equal(answer.status, 500);
    await assertWayOn(answer, /Something went wrong on our side/, /href="\/console"/);
    assert.doesNotMatch(await (await ask(`${url}/console`)).text(), /secret/);
    await server.stop();
  });
});
