import assert from 'node:assert/strict';
import { bearer, call, newChat, openChat, openStream, type Chat } from '../../support/direct-line.ts';
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

  it('a conversation’s tokens have an end, however often they are refreshed', async () => {
    const chat = await newChat(product.url);
    let [token, days, status] = [chat.token, 0, 200];
    for (; status === 200 && days < 30; days += 1) {
      clock.forward(23 * 60 * minute);
      const answer = await refresh(token);
      status = answer.status;
      token = String(answer.body.token);
    }
    assert.equal(status, 401);
    assert.ok(days >= 7 && days <= 8, String(days));
  });

  it('a conversation has two tokens at the most: the new one, and the one before for whoever lost the answer', async () => {
    const chat = await newChat(product.url);
    clock.forward(1);
    const second = await refresh(chat.token);
    clock.forward(1);
    const third = await refresh(chat.token);
    const reads = (token: unknown) =>
      call(`${product.url}/v3/directline/conversations/${chat.id}/activities`, 'GET', undefined, bearer(String(token)));
    const statuses = await Promise.all([chat.token, second.body.token, third.body.token].map(reads));
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [401, 200, 200],
    );
    const rows = await product.db.selectFrom('tokens').where('conversation_id', '=', chat.id).selectAll().execute();
    assert.equal(rows.length, 2);
  });

  it('a conversation’s token is refreshed so often, and then no more for a while', async () => {
    const chat = await newChat(product.url);
    let last = { status: 200, token: chat.token };
    let times = 0;
    for (; last.status === 200 && times < 100; times += 1) {
      const { status, body } = await refresh(last.token);
      last = { status, token: typeof body.token === 'string' ? body.token : last.token };
    }
    assert.deepEqual([last.status, times], [429, 21]);
    assert.equal((await refresh((await newChat(product.url)).token)).status, 200, 'another one’s is');
  });

  it('who signs out ends every token of the conversation, its streams, and tickets for streams', async () => {
    const chat = await openChat(product.url);
    const other = await openChat(product.url);
    const fresh = String((await refresh(chat.token)).body.token);
    const [stream, others] = [await chat.listen(), await other.listen()];
    const { streamUrl } = (await chat.call('GET', '')).body;
    const revoked = await call(`${product.url}/v3/directline/tokens/revoke`, 'POST', undefined, bearer(fresh));
    assert.equal(revoked.status, 200);
    assert.equal(await stream.closed, 1001);
    for (const token of [chat.token, fresh]) {
      assert.equal((await refresh(token)).status, 401);
      assert.equal((await start(token)).status, 401);
    }
    assert.equal(await (await openStream(String(streamUrl).replace('localhost', '127.0.0.1'))).closed, 1008);
    await other.write('still there');
    await others.until(({ text }) => text === 'still there');
    await others.close();
  });

  it('who has no token ends none', async () => {
    const chat = await openChat(product.url);
    const { status } = await call(
      `${product.url}/v3/directline/tokens/revoke`,
      'POST',
      undefined,
      bearer('A'.repeat(43)),
    );
    assert.deepEqual([status, (await refresh(chat.token)).status], [401, 200]);
  });

  it('a clock that was a day ahead for a moment ends nobody’s token', async () => {
    const chat = await openChat(product.url);
    clock.forward(36 * 60 * minute);
    const ahead = await openChat(product.url);
    clock.forward(-36 * 60 * minute);
    assert.equal((await chat.call('GET', '/activities')).status, 200);
    const { status, body } = await ahead.call('GET', '/activities');
    assert.deepEqual([status, body.error?.code], [403, 'TokenExpired'], 'it would be good for a day and a half');
    assert.equal((await refresh(ahead.token)).body.expires_in, 1800);
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
