import assert from 'node:assert/strict';
import { createOutboundQueue } from '../../src/channels/outbound-queue.ts';
import type { ChannelClient } from '../../src/domain/channels.ts';
import { SupportError, type ErrorCode } from '../../src/domain/errors.ts';
import { createEvents } from '../../src/domain/events.ts';
import type { LoadedConversation } from '../../src/domain/ports.ts';
import type { Reply } from '../../src/domain/reply.ts';
import { storeOver, written } from '../support/store.ts';
import { nextEffects } from '../support/effects.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';
import { openInMemory } from '../support/in-memory.ts';

const id = 'slack_talk';
const says = (text: string, buttons = false): Reply => ({
  ...{ kind: 'text', text, actions: buttons ? [{ label: 'Yes', means: 'yes' }] : [] },
});

interface Differs {
  /** The queue hears of what the store tells. */
  readonly hears?: boolean;
  /** The conversation as the queue finds it. */
  readonly load?: (loaded: LoadedConversation | null) => Promise<LoadedConversation | null>;
}

/** A conversation with an address, and a channel that takes messages, or not. */
async function world({ hears = false, load = (loaded) => Promise.resolve(loaded) }: Differs = {}) {
  const [clock, log, events] = [fakeClock(), keptLog(), createEvents()];
  const store = await storeOver(await openInMemory(), clock, { events });
  await store.open({ id, channel: 'slack', userId: 'u', subject: null, locale: 'en', shared: false });
  await store.addresses.save(id, 'slack', { channel: 'D1' });
  const done: string[] = [];
  const state: { fails: (text: string) => ErrorCode | null; asks: number | null } = { fails: () => null, asks: 30_000 };
  const client: ChannelClient = {
    channel: 'slack',
    async send(to, { reply: { text } }) {
      await Promise.resolve();
      const code = state.fails(text);
      if (code === 'channel-refused') throw new SupportError('channel-refused');
      if (code) throw new SupportError('channel-unavailable', { retryAfterMs: state.asks });
      done.push(`${String(to.channel)}: ${text}`);
      return `ref of ${text}`;
    },
    removeButtons: (_, { ref }) => Promise.resolve(void done.push(`no buttons below ${ref}`)),
    typing: (to) => Promise.resolve(void done.push(`typing in ${String(to.channel)}`)),
  };
  const random = countingRandom();
  const conversations = { ...store, load: async (of: string) => load(await store.load(of)) };
  const needs = {
    addresses: store.addresses,
    conversations,
    leases: store.leases,
    clients: [client],
    clock,
    random,
    log,
  };
  const queueOf = () => createOutboundQueue({ ...needs, events: hears ? events : createEvents() });
  /** As a turn does. */
  async function turn(said: string, ...replies: readonly Reply[]) {
    await store.receive(id, written(said));
    await store.commit(await nextEffects(store, id, { replies }));
  }
  return { clock, log, store, done, state, queueOf, queue: queueOf(), turn };
}

describe('the outbound queue', () => {
  it('sends what the bot says, each once and in order, and not what the customer wrote', async () => {
    const { queue, turn, done } = await world();
    await turn('hello', says('one'), says('two'));
    await Promise.all([queue.flush(id), queue.flush(id), queue.recover()]);
    await turn('more', says('three'));
    await queue.flush(id);
    assert.deepEqual(done, ['D1: one', 'D1: two', 'D1: three']);
  });

  it('sends by itself what is stored, and shows that an answer is on its way', async () => {
    const { queue, turn, done } = await world({ hears: true });
    await turn('hello', says('one'), says('two'));
    await queue.idle();
    assert.deepEqual([...done].sort(), ['D1: one', 'D1: two', 'typing in D1']);
    assert.deepEqual(
      done.filter((what) => what.startsWith('D1')),
      ['D1: one', 'D1: two'],
    );
  });

  it('does not show that an answer is on its way where a person answers, and fails nothing where it cannot', async () => {
    const answering = { id: 'ana', name: 'Ana', ticket: 'LK-1', desk: null, at: 0 };
    for (const [load, levels] of [
      [(loaded: LoadedConversation | null) => Promise.resolve(loaded && { ...loaded, answering }), []],
      [() => Promise.reject(new Error('disk full')), ['info']],
    ] as const) {
      const { queue, turn, done, log } = await world({ hears: true, load });
      await turn('hello', says('one'));
      await queue.idle();
      assert.deepEqual(done, ['D1: one']);
      assert.deepEqual(
        log.lines.map(({ level }) => level),
        levels,
      );
    }
  });

  it('takes the buttons off a message as soon as the talk went on', async () => {
    const { queue, turn, done } = await world();
    await turn('hello', says('Yes or no?', true));
    await queue.flush(id);
    await turn('Yes', says('good'));
    await queue.flush(id);
    assert.deepEqual(done, ['D1: Yes or no?', 'no buttons below ref of Yes or no?', 'D1: good']);
  });

  it('tries again what was not taken, when the channel asks for it, in order', async () => {
    const { clock, queue, turn, done, state, store } = await world();
    state.fails = () => 'channel-unavailable';
    await turn('hello', says('one'), says('two'));
    await queue.flush(id);
    state.fails = () => null;
    clock.forward(29_999);
    await queue.recover();
    assert.deepEqual(done, []);
    clock.forward(1);
    await queue.recover();
    assert.deepEqual(done, ['D1: one', 'D1: two']);
    assert.deepEqual(await store.addresses.due(clock.now() + 1e9, 10), []);
  });

  it('tries again later and later where the channel does not say when, within 1, 2, 4, … seconds and five minutes', async () => {
    const { clock, queue, turn, done, state, store } = await world();
    Object.assign(state, { asks: null, fails: () => 'channel-unavailable' });
    await turn('hello', says('one'));
    for (const most of [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]) {
      await queue.recover();
      assert.deepEqual(await store.addresses.due(clock.now(), 10), []);
      clock.forward(most * 1_000);
      assert.deepEqual(await store.addresses.due(clock.now(), 10), [id]);
    }
    state.fails = () => null;
    await queue.recover();
    assert.deepEqual(done, ['D1: one']);
  });

  it('leaves out what the channel refuses for good, with an alarm, and sends the rest', async () => {
    const { queue, turn, done, state, log } = await world();
    state.fails = (text) => (text === 'one' ? 'channel-refused' : null);
    await turn('hello', says('one'), says('two'));
    await queue.flush(id);
    assert.deepEqual(done, ['D1: two']);
    assert.equal(log.lines.filter(({ level }) => level === 'error').length, 1);
  });

  it('sends after a restart what was not sent before it', async () => {
    const { queueOf, turn, done } = await world();
    await turn('hello', says('one'));
    await queueOf().recover();
    assert.deepEqual(done, ['D1: one']);
  });

  it('has nothing to send in conversations that clients fetch', async () => {
    const { queue, done } = await world();
    await queue.flush('a direct line');
    assert.deepEqual(done, []);
  });
});
