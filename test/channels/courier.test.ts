import assert from 'node:assert/strict';
import { createCourier } from '../../src/channels/courier.ts';
import type { Carrier } from '../../src/domain/channels.ts';
import { SupportError, type ErrorCode } from '../../src/domain/errors.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createStore } from '../../src/store/store.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';

const id = 'slack_talk';
const says = (text: string, buttons = false) => ({
  ...{ type: 'message', text, from: { role: 'bot' } },
  ...(buttons && { suggestedActions: { actions: [{ title: 'Yes' }] } }),
});

/** A conversation with an address, and a channel that takes messages, or not. */
async function world() {
  const [clock, log, random] = [fakeClock(), keptLog(), countingRandom()];
  const store = await createStore(openSqlite(':memory:'), clock, 'built-in');
  await store.open({ id, channel: 'slack', userId: 'u', subject: null, locale: 'en', shared: false });
  await store.addresses.keep(id, 'slack', { channel: 'D1' });
  const done: string[] = [];
  const state: { fails: (text: string) => ErrorCode | null } = { fails: () => null };
  const carrier: Carrier = {
    channel: 'slack',
    async send(to, { activity }) {
      await Promise.resolve();
      const code = state.fails(String(activity.text));
      if (code === 'channel-refused') throw new SupportError('channel-refused');
      if (code) throw new SupportError('channel-unavailable', { retryAfterMs: 30_000 });
      done.push(`${String(to.channel)}: ${String(activity.text)}`);
      return `ref of ${String(activity.text)}`;
    },
    settle: (_, { ref }) => Promise.resolve(void done.push(`settled ${ref}`)),
    typing: () => Promise.resolve(),
  };
  const courierOf = () =>
    createCourier({ addresses: store.addresses, conversations: store, carriers: [carrier], clock, random, log });
  /** As a turn does. */
  async function turn(said: string, ...replies: ReturnType<typeof says>[]) {
    const inbound = { type: 'message', text: said, from: { role: 'user' } };
    const { seq } = await store.receive(id, `client:${said}`, inbound);
    const { version = 0 } = (await store.load(id)) ?? {};
    await store.commit({
      ...{ conversationId: id, version, episode: 0, answers: { seq, activity: inbound, attempts: 0 }, state: {} },
      ...{ ticket: null, feedback: null, outcome: null, shown: [], unanswered: null, solved: null, later: null },
      ...{ personLeft: false, linkCode: null, replies },
    });
  }
  return { clock, log, store, done, state, courierOf, courier: courierOf(), turn };
}

describe('the courier', () => {
  it('sends what the bot says, each once and in order, and not what the customer wrote', async () => {
    const { courier, turn, done } = await world();
    await turn('hello', says('one'), says('two'));
    await Promise.all([courier.wake(id), courier.wake(id), courier.recover()]);
    await turn('more', says('three'));
    await courier.wake(id);
    assert.deepEqual(done, ['D1: one', 'D1: two', 'D1: three']);
  });

  it('takes the buttons off a message as soon as the talk went on', async () => {
    const { courier, turn, done } = await world();
    await turn('hello', says('Yes or no?', true));
    await courier.wake(id);
    await turn('Yes', says('good'));
    await courier.wake(id);
    assert.deepEqual(done, ['D1: Yes or no?', 'settled ref of Yes or no?', 'D1: good']);
  });

  it('tries again what was not taken, when the channel asks for it, in order', async () => {
    const { clock, courier, turn, done, state, store } = await world();
    state.fails = () => 'channel-unavailable';
    await turn('hello', says('one'), says('two'));
    await courier.wake(id);
    state.fails = () => null;
    clock.forward(29_999);
    await courier.recover();
    assert.deepEqual(done, []);
    clock.forward(1);
    await courier.recover();
    assert.deepEqual(done, ['D1: one', 'D1: two']);
    assert.deepEqual(await store.addresses.due(clock.now() + 1e9, 10), []);
  });

  it('leaves out what the channel refuses for good, with an alarm, and sends the rest', async () => {
    const { courier, turn, done, state, log } = await world();
    state.fails = (text) => (text === 'one' ? 'channel-refused' : null);
    await turn('hello', says('one'), says('two'));
    await courier.wake(id);
    assert.deepEqual(done, ['D1: two']);
    assert.equal(log.lines.filter(({ level }) => level === 'error').length, 1);
  });

  it('sends after a restart what was not sent before it', async () => {
    const { courierOf, turn, done } = await world();
    await turn('hello', says('one'));
    await courierOf().recover();
    assert.deepEqual(done, ['D1: one']);
  });

  it('has nothing to send in conversations that clients fetch', async () => {
    const { courier, done } = await world();
    await courier.wake('a direct line');
    assert.deepEqual(done, []);
  });
});
