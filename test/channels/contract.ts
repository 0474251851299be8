import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { ChannelAddress, ChannelClient, PushChannel } from '../../src/domain/channels.ts';
import { codeOf, SupportError } from '../../src/domain/errors.ts';
import type { Reply } from '../../src/domain/reply.ts';
import type { KeptLog } from '../support/fakes.ts';
import { hastenDeadlines } from './deadlines.ts';
import { replies, storedAs } from './replies.ts';
import { wordsIn } from './words.ts';

/** How a channel's far end behaves from now on; busy: it asks to be left alone for 17 s; silent: it never answers. */
export type FarEnd = 'up' | 'busy' | 'down' | 'silent' | 'refusing';

/** What the far end has of a message: under which name, and what it was given last, as JSON. */
export interface Shown {
  readonly ref: string;
  readonly json: string;
}

/** A channel's client with its far end. */
export interface OpenChannel {
  readonly client: ChannelClient;
  /** Where it may send to. */
  readonly to: ChannelAddress;
  /** Stored addresses that somebody bent. */
  readonly bent: readonly ChannelAddress[];
  /** What the far end was given, in order: every message, and every change of one. */
  readonly given: () => readonly Shown[];
  /** How often the far end was asked for anything at all. */
  readonly asked: () => number;
  readonly turn: (farEnd: FarEnd) => void;
  /** What only the channel and we may know. */
  readonly secrets: readonly string[];
  readonly log: KeptLog;
  readonly close: () => unknown;
}

const failures = {
  busy: ['channel-unavailable', 17_000],
  down: ['channel-unavailable', null],
  silent: ['channel-unavailable', null],
  refusing: ['channel-refused', null],
} as const;
const farEnds = Object.keys(failures) as (keyof typeof failures)[];

/** An address of each channel, as its events give it. */
const addresses: Readonly<Record<PushChannel, ChannelAddress>> = {
  slack: { channel: 'D1', thread: null },
  teams: {
    ...{ service: 'https://smba.trafficmanager.net/emea/', conversation: 'a:one', place: 'a place', bot: '28:bot' },
    kind: 'personal',
  },
  azure: { service: 'https://directline.botframework.com/', conversation: 'one', bot: 'bot@azure' },
  local: { service: 'http://localhost:56150', conversation: 'one', place: 'one', bot: 'bot', draws: 'cards' },
};
const button = /"type":"(?:button|Action\.Execute|imBack)"/;
const words = 'hunter2 of a customer';
const told: Reply = { kind: 'text', text: words, actions: [{ label: 'Yes, hunter3', means: 'yes' }] };

/** What every channel promises that we send to; `takesOff`: its messages can lose their buttons. */
export function channelContract(
  name: PushChannel,
  start: () => Promise<OpenChannel>,
  { takesOff } = { takesOff: true },
): void {
  describe(`the channel ${name}`, () => {
    let open: OpenChannel;
    let farEnd: FarEnd;
    let restore: () => void;
    beforeEach(async () => {
      open = await start();
      farEnd = 'up';
      restore = hastenDeadlines(() => farEnd === 'silent');
    });
    afterEach(async () => {
      restore();
      await open.close();
    });
    function turn(to: FarEnd): void {
      farEnd = to;
      open.turn(to);
    }
    const send = (reply: Reply, seq = 7, to = open.to) => open.client.send(to, storedAs(reply, seq), `${name}_talk`);
    const removeButtons = (to = open.to) =>
      open.client.removeButtons(to, { ref: 'a message', seq: 7 }, told, `${name}_talk`);
    /** What is sent to an address, in each way that the channel has. */
    const ways = (to?: ChannelAddress) => [() => send(told, 7, to), ...(takesOff ? [() => removeButtons(to)] : [])];
    const foreign = () =>
      [...Object.entries(addresses).flatMap(([of, to]) => (of === name ? [] : [to])), ...open.bent, {}] as const;

    it('has its own name', () => {
      assert.equal(open.client.channel, name);
    });

    for (const [index, [kind, reply]] of Object.entries<Reply>(replies).entries())
      it(`sends ${kind} with all its words and buttons, and gives what the far end calls it`, async () => {
        const ref = await send(reply, index + 1);
        const given = open.given();
        assert.equal(given.at(-1)?.ref, ref);
        const drawn = new Set(wordsIn(given.map(({ json }) => json).join(' ')));
        const wanted = [reply.text, ...reply.actions.map(({ label }) => label)].flatMap(wordsIn);
        assert.deepEqual(
          wanted.filter((word) => !drawn.has(word)),
          [],
        );
        assert.equal(button.test(given.at(-1)?.json ?? ''), reply.actions.length > 0);
      });

    it('calls no two messages the same', async () => {
      const refs = [];
      for (const [index, reply] of Object.values(replies).entries()) refs.push(await send(reply, index + 1));
      assert.equal(new Set(refs).size, refs.length);
      assert.ok(refs.every((ref) => ref !== ''));
    });

    for (const failing of farEnds)
      it(`says ${failures[failing][0]} when the far end is ${failing}, asks once, and tells neither a secret nor a word`, async () => {
        turn(failing);
        for (const way of ways()) {
          const asked = open.asked();
          const error = await failureOf(way());
          assert.deepEqual([codeOf(error), error.retryAfterMs], failures[failing]);
          assert.equal(open.asked(), asked + 1);
          assertTellsNothing(error);
        }
        turn('up');
        assert.notEqual(await send(told), '');
      });

    it('refuses an address of another channel or service, and asks nobody', async () => {
      for (const to of foreign())
        for (const way of ways(to)) {
          const error = await failureOf(way());
          assert.equal(codeOf(error), 'channel-refused', JSON.stringify(to));
          assertTellsNothing(error);
        }
      assert.equal(open.asked(), 0);
    });

    it(`${takesOff ? 'takes the buttons off a message' : 'leaves a message as it is'}, and no word`, async () => {
      for (const [index, reply] of Object.values<Reply>(replies).entries()) {
        if (reply.actions.length === 0) continue;
        const ref = await send(reply, index + 1);
        const latest = () => open.given().findLast((one) => one.ref === ref)?.json ?? assert.fail(ref);
        const [before, asked] = [latest(), open.asked()];
        await open.client.removeButtons(open.to, { ref, seq: index + 1 }, reply, `${name}_talk`);
        assert.match(before, button);
        assert.equal(open.asked(), takesOff ? asked + 1 : asked);
        if (takesOff) assert.doesNotMatch(latest(), button);
        const [had, has] = [new Set(wordsIn(before)), new Set(wordsIn(latest()))];
        assert.deepEqual(
          wordsIn(reply.text).filter((word) => had.has(word) && !has.has(word)),
          [],
        );
      }
    });

    it('never fails to show that an answer is on its way', async () => {
      for (const one of ['up', ...farEnds] as const) {
        turn(one);
        await open.client.typing(open.to);
      }
      for (const to of foreign()) await open.client.typing(to);
      assert.ok(open.log.lines.every(({ level }) => level === 'info'));
      assertTellsNothing(null);
    });

    /** Neither the error nor the log. */
    function assertTellsNothing(error: SupportError | null): void {
      const all = { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity };
      const text = inspect([error, open.log.lines], all);
      for (const part of ['hunter2', 'hunter3', ...open.secrets]) assert.ok(!text.includes(part), `${part} in ${text}`);
    }
  });
}

/** The error of ours that a call throws. */
async function failureOf(call: Promise<unknown>): Promise<SupportError> {
  const error: unknown = await call.then(
    () => assert.fail('it was sent'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof SupportError, inspect(error));
  return error;
}
