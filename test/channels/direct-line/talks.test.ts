import assert from 'node:assert/strict';
import { decodeJwt, SignJWT } from 'jose';
import type { TokenAnswer } from '../../../src/domain/direct-line.ts';
import { askForPerson, signIn } from '../../support/console.ts';
import { bearer, call, chatOf, isBot, openChat, type Chat } from '../../support/direct-line.ts';
import { fakeClock } from '../../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';

const day = 86_400_000;
type Given = Pick<TokenAnswer, 'conversationId' | 'token' | 'unread' | 'elsewhere'>;
interface Listed {
  readonly conversations: readonly Readonly<Record<string, unknown>>[];
  readonly unread: number;
  readonly next: string | null;
}

describe('Direct Line: the conversations of somebody who comes back', () => {
  const clock = fakeClock();
  let times = 0;
  let product: TestProduct;
  beforeEach(async () => (product = await startTestProduct({ clock })));
  afterEach(() => product.stop());

  const at = (path: string) => `${product.url}/v3/directline/${path}`;
  const identity = async (customer: string) =>
    String((await call(`${product.url}/demo/identity`, 'POST', { customer })).body.identity);
  /** Another device of the same customer: it knows nothing but who they are. */
  const comesBack = async (customer: string, more: object = {}) => {
    const { body } = await call(at('tokens/generate'), 'POST', { identity: await identity(customer), ...more });
    const given = body as unknown as Given;
    return { ...chatOf(product.url, given), unread: given.unread, elsewhere: given.elsewhere };
  };
  const list = async (token: string, before?: string) => {
    const path = before === undefined ? 'conversations' : `conversations?before=${encodeURIComponent(before)}`;
    const { status, body } = await call(at(path), 'GET', undefined, bearer(token));
    return { status, ...(body as unknown as Listed) };
  };
  const enter = (token: string, id: string) => call(at(`conversations/${id}/token`), 'POST', {}, bearer(token));
  /** Writes something, and waits for what the bot says to it. */
  const says = async (chat: Chat, words: string) => {
    const stream = await chat.listen();
    await chat.write(words);
    await stream.until((one) => isBot(one) && stream.texts().slice(0, stream.activities.indexOf(one)).includes(words));
    await stream.close();
  };
  const answered = async (customer?: string) => {
    const talk = await askForPerson(product.url, customer);
    const agent = await signIn(product.url);
    const { name } = (await agent.get('me')).body.agent as { name: string };
    await agent.act(talk.ticket, 'claim', { from: null });
    await agent.act(talk.ticket, 'reply', { id: `r ${talk.ticket}`, text: 'I raised your limit.' });
    return { ...talk, agent: { ...agent, name } };
  };
  const shown = async (chat: Pick<Chat, 'call' | 'activities'>) => {
    const last = (await chat.activities()).at(-1);
    const watermark = String(last?.id).split('|')[1] ?? '';
    return (await chat.call('POST', '/seen', { watermark: String(Number(watermark)) })).status;
  };

  it('go on where they were, on another device, with what a person said meanwhile unread', async () => {
    const { chat, stream } = await answered();
    await shown(chat);
    const { ticket, agent } = await answered('no-seat');
    await stream.close();
    const before = await comesBack('over-limit');
    assert.deepEqual([before.id, before.unread], [chat.id, 0]);
    assert.match(JSON.stringify(await before.activities()), /I raised your limit/);
    const other = await comesBack('no-seat');
    assert.notEqual(other.id, chat.id);
    await shown(other);
    await agent.act(ticket, 'reply', { id: 'again', text: 'And **now**?' });
    const again = await comesBack('no-seat');
    assert.deepEqual([again.id, again.unread], [other.id, 1]);
    const { conversations, unread } = await list(again.token);
    assert.equal(unread, 1);
    const [{ at: when, ...talk } = {}] = conversations;
    assert.deepEqual(talk, { id: other.id, words: 'And **now**?', unread: 1, person: agent.name, ticket });
    assert.equal(when, new Date(clock.now()).toISOString());
  });

  it('go on in the one in which something happened last, and are told what is unread in the others', async () => {
    const { chat, ticket, agent } = await answered();
    clock.forward(1_000);
    const later = await openChat(product.url, 'over-limit');
    await says(later, 'something else');
    assert.equal((await comesBack('over-limit')).id, later.id);
    clock.forward(1_000);
    await shown(chat);
    await agent.act(ticket, 'reply', { id: 'later', text: 'Is it better?' });
    const { id, unread, elsewhere, token } = await comesBack('over-limit');
    assert.deepEqual([id, unread, elsewhere], [chat.id, 1, 2]);
    assert.equal((await enter(token, later.id)).body.elsewhere, 1);
    assert.equal((await list(token)).unread, 3);
  });

  it('are as many as were begun, the one in which something was said last first, and each can be read', async () => {
    const talks: Chat[] = [];
    for (const words of ['one', 'two', 'three']) {
      clock.forward(1_000);
      const chat = await openChat(product.url, 'all-good');
      await says(chat, `I asked ${words}`);
      talks.push(chat);
    }
    clock.forward(1_000);
    const [first = assert.fail()] = talks;
    await says(first, 'I ask one again');
    const { conversations } = await list(talks.at(-1)?.token ?? '');
    assert.equal(conversations[0]?.id, first.id);
    const [{ at: saidAt } = {}, second] = conversations;
    const behind = await list(first.token, `${Date.parse(String(saidAt))}.${first.id}`);
    assert.deepEqual([behind.conversations[0]?.id, behind.next], [second?.id, null]);
    assert.equal((await list(first.token, 'nonsense')).status, 400);
    assert.deepEqual(new Set(conversations.map(({ id }) => id)), new Set(talks.map(({ id }) => id)));
    const entered = (await enter(talks.at(-1)?.token ?? '', first.id)).body as unknown as Given;
    const opened = chatOf(product.url, entered);
    assert.match(JSON.stringify(await opened.activities()), /I ask one again/);
    assert.equal((await opened.write('and I go on')).status, 200);
  });

  it('begin anew where that is asked for, where a week passed in silence, and where something new was refused', async () => {
    const first = await comesBack('all-good');
    assert.equal((await comesBack('all-good')).id, first.id);
    const anew = await comesBack('all-good', { anew: true });
    assert.notEqual(anew.id, first.id);
    clock.forward(7 * day);
    assert.notEqual((await comesBack('all-good')).id, anew.id);
    const refused = async (code: string) => {
      clock.forward(1);
      const claims = decodeJwt(await identity('all-good'));
      const { issuer } = product.demo;
      const signed = await new SignJWT({ ...claims, jti: `${code} ${(times += 1)}`, denial: { code } })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(issuer.keys[0]?.key ?? assert.fail());
      const { body } = await call(at('tokens/generate'), 'POST', { identity: signed });
      return (body as unknown as Given).conversationId;
    };
    const talk = await refused('E1');
    assert.equal(await refused('E1'), talk, 'the same denial');
    assert.equal((await comesBack('all-good')).id, talk, 'no denial');
    assert.equal(await refused('E1'), talk, 'the same denial still');
    assert.notEqual(await refused('E2'), talk);
  });

  it('go on after a week, too, where somebody waits for a person', async () => {
    const { chat } = await askForPerson(product.url);
    await chat.call('POST', '/seen', { watermark: '99' });
    clock.forward(20 * day);
    assert.equal((await comesBack('over-limit')).id, chat.id);
  });

  it('are nobody else’s: not of another person, of another account with the same user, or of who is not signed in', async () => {
    const { chat } = await answered();
    const strangers = [await openChat(product.url, 'no-seat'), await openChat(product.url)];
    const signed = await comesBack('over-limit');
    const person = (await product.store.reading.personOf(chat.id)) ?? assert.fail();
    await product.store.reading.begin('elsewhere', {
      ...{ accountId: 'another', userId: person.userId, verifiedBy: 'signed-identity', email: 'ada@acme.example' },
    });
    for (const { token } of strangers) {
      assert.ok(!(await list(token)).conversations.some(({ id }) => id === chat.id));
      const [theirs, absent] = [await enter(token, chat.id), await enter(token, 'A'.repeat(22))];
      assert.deepEqual([theirs.status, theirs.body], [404, absent.body]);
      const seen = await call(at(`conversations/${chat.id}/seen`), 'POST', { watermark: '1' }, bearer(token));
      assert.equal(seen.status, 404);
    }
    assert.equal((await enter(signed.token, 'elsewhere')).status, 404);
    assert.equal((await list('A'.repeat(43))).status, 401);
  });

  it('are told to nobody who signed out, and stay open on the other device', async () => {
    const [here, there] = [await comesBack('all-good'), await comesBack('all-good')];
    assert.equal(here.id, there.id);
    const stream = await there.listen();
    await call(at('tokens/revoke'), 'POST', undefined, bearer(here.token));
    assert.equal((await list(here.token)).status, 401);
    assert.equal((await enter(here.token, here.id)).status, 401);
    assert.equal((await list(there.token)).status, 200);
    await there.write('still here');
    await stream.until(({ text }) => text === 'still here');
  });

  it('open no longer than the token that asked for them', async () => {
    const mine = await comesBack('all-good');
    await mine.write('mine');
    const entered = (await enter(mine.token, mine.id)).body as unknown as Given;
    let { token } = entered;
    let days = 0;
    for (let status = 200; status === 200; days += 1) {
      clock.forward(0.95 * day);
      const refreshed = await call(at('tokens/refresh'), 'POST', undefined, bearer(token));
      ({ status } = refreshed);
      const again = status === 200 ? await enter(String(refreshed.body.token), mine.id) : null;
      token = String(again?.body.token);
    }
    assert.ok(days <= 8, String(days));
  });

  it('are gone once the person is erased', async () => {
    const { chat } = await answered();
    const person = (await product.store.reading.personOf(chat.id)) ?? assert.fail();
    const mine = await comesBack('over-limit');
    await product.store.persons.erase(person);
    assert.equal((await list(mine.token)).status, 401);
    assert.notEqual((await comesBack('over-limit')).id, chat.id);
  });

  it('are counted as seen up to what was shown, and never less', async () => {
    const chat = await openChat(product.url, 'all-good');
    const stream = await chat.listen();
    await stream.until(isBot);
    await chat.write('hello');
    await stream.until(({ text }) => typeof text === 'string' && text.startsWith('Hi! What'));
    const unread = async () => (await list(chat.token)).unread;
    assert.equal(await unread(), 2);
    for (const [watermark, left] of [
      ['2', 1],
      ['1', 1],
      ['999999', 0],
      ['0', 0],
    ] as const) {
      assert.equal((await chat.call('POST', '/seen', { watermark })).status, 200);
      assert.equal(await unread(), left, watermark);
    }
    for (const wrong of ['-1', 'x', '', '1e9', 7])
      assert.equal((await chat.call('POST', '/seen', { watermark: wrong })).status, 400, String(wrong));
  });

  it('are counted for a page that only shows a number, which begins none', async () => {
    const count = async (customer: string) =>
      (await call(at('unread'), 'POST', { identity: await identity(customer) })).body.unread;
    assert.equal(await count('no-seat'), 0);
    assert.deepEqual(await product.db.selectFrom('conversations').select('id').execute(), []);
    await answered('no-seat');
    assert.ok(Number(await count('no-seat')) > 0);
    const used = await identity('no-seat');
    await call(at('unread'), 'POST', { identity: used });
    assert.equal((await call(at('unread'), 'POST', { identity: used })).status, 401);
  });

  it('are counted as often as pages are opened, and that keeps no chat from being begun', async () => {
    await product.stop();
    product = await startTestProduct({ clock, limits: { messagesPer10s: 100, conversationsPerMinute: 2 } });
    const look = async () => (await call(at('unread'), 'POST', { identity: await identity('no-seat') })).status;
    for (let pages = 0; pages < 20; pages += 1) assert.equal(await look(), 200);
    assert.equal(await look(), 429);
    assert.equal((await call(at('tokens/generate'), 'POST', {})).status, 200);
  });
});
