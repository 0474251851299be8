import assert from 'node:assert/strict';
import { bearer, call, newChat, openChat, type Chat } from '../../support/direct-line.ts';
import { fakeClock } from '../../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';

const minute = 60_000;
const message = { type: 'message', text: 'mine' };

describe('Direct Line: tokens', () => {
  const clock = fakeClock();
  let product: TestProduct;
  before(async () => (product = await startTestProduct({ clock })));
  after(() => product.stop());

  const refresh = (token: string) =>
    call(`${product.url}/v3/directline/tokens/refresh`, 'POST', undefined, bearer(token));
  const start = (token: string) => call(`${product.url}/v3/directline/conversations`, 'POST', {}, bearer(token));

  const reaches: readonly (readonly [string, string, unknown?])[] = [
    ['GET', ''],
    ['GET', '/activities'],
    ['POST', '/activities', message],
  ];
  for (const [method, path, body] of reaches)
    it(`${method} …${path}: another’s conversation looks exactly like one that is not there`, async () => {
      const [mine, other] = [await openChat(product.url), await openChat(product.url)];
      await other.write('the other’s secret');
      const to = (id: string) =>
        call(`${product.url}/v3/directline/conversations/${id}${path}`, method, body, bearer(mine.token));
      const [theirs, absent] = [await to(other.id), await to('A'.repeat(22))];
      assert.deepEqual([theirs.status, theirs.body], [404, absent.body]);
      assert.equal(absent.status, 404);
      assert.equal(theirs.body.error?.code, 'conversation-unknown');
      assert.ok(!(await other.activities()).some((one) => one.text === 'mine'));
    });

  it('a token that expired is refused with 403 and Direct Line’s own code', async () => {
    const chat = await openChat(product.url);
    clock.forward(30 * minute);
    for (const [method, path, body] of reaches) {
      const { status, body: answer } = await chat.call(method, path, body);
      assert.deepEqual([status, answer.error?.code], [403, 'TokenExpired'], `${method} ${path}`);
    }
    assert.equal((await start(chat.token)).status, 403);
  });

  it('a token is good until the last millisecond of its half hour', async () => {
    const chat = await openChat(product.url);
    clock.forward(30 * minute - 1);
    assert.equal((await chat.call('GET', '/activities')).status, 200);
  });

  it('a token that expired less than a day ago is refreshed, and the talk goes on', async () => {
    const chat = await openChat(product.url);
    await chat.write('before the laptop slept');
    clock.forward(23 * 60 * minute);
    const { status, body } = await refresh(chat.token);
    const again = await call(`${product.url}/v3/directline/conversations/${chat.id}/activities`, 'GET', undefined, {
      ...bearer(String(body.token)),
    });
    assert.deepEqual([status, again.status], [200, 200]);
    assert.match(JSON.stringify(again.body), /before the laptop slept/);
  });

  it('a token that expired a day ago is not refreshed', async () => {
    const { token } = await newChat(product.url);
    clock.forward(24 * 60 * minute);
    const { status, body } = await refresh(token);
    assert.deepEqual([status, body.error?.code], [401, 'token-invalid']);
  });

  describe('a bad token is refused on every call', () => {
    const bad: readonly (readonly [string, (chat: Chat) => Record<string, string>])[] = [
      ['none', () => ({})],
      ['empty', () => ({ authorization: '' })],
      ['without Bearer', ({ token }) => ({ authorization: token })],
      ['Basic', ({ token }) => ({ authorization: `Basic ${token}` })],
      ['cut off', ({ token }) => bearer(token.slice(0, -1))],
      ['longer', ({ token }) => bearer(`${token}A`)],
      ['of nobody', () => bearer('A'.repeat(43))],
      ['a JWT', () => bearer('eyJhbGciOiJub25lIn0.eyJjb252IjoiYSJ9.')],
      ['very long', () => bearer('A'.repeat(10_000))],
      ['the conversation’s id', ({ id }) => bearer(id)],
    ];
    for (const [name, headersOf] of bad)
      it(name, async () => {
        const chat = await openChat(product.url);
        const base = `${product.url}/v3/directline`;
        const at = `${base}/conversations/${chat.id}`;
        const calls = [
          ['POST', `${base}/conversations`],
          ['POST', `${base}/tokens/refresh`],
          ...reaches.map(([method, path]) => [method, at + path] as const),
        ] as const;
        for (const [method, url] of calls) {
          const body = method === 'POST' ? message : undefined;
          const answer = await call(url, method, body, headersOf(chat));
          assert.deepEqual([answer.status, answer.body.error?.code], [401, 'token-invalid'], `${method} ${url}`);
        }
      });
  });

  it('no token stands in the store as it is', async () => {
    const { token } = await newChat(product.url);
    const rows = await product.db.selectFrom('tokens').selectAll().execute();
    assert.ok(rows.length > 0 && !JSON.stringify(rows).includes(token));
  });
});
