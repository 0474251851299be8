import assert from 'node:assert/strict';
import { createWorld } from '../support/world.ts';
import { say, storedState } from './state.ts';

/** Bytes. */
const most = 65_536;
/** What two equal rounds may differ in: digits of counters. */
const counters = 16;
/** Turns until every list that is kept short is full. */
const filled = 40;

const long = 'we changed the plan, '.repeat(180);
/** What a customer says round after round. */
const rounds: Readonly<Record<string, readonly [customer: string, ...words: string[]]>> = {
  'complains and checks again': ['over-limit', 'I get access denied when I try to export', 'Check again'],
  'complains, and it worked': ['over-limit', 'I get access denied when I try to export', 'It worked', 'Yes'],
  'asks how to do things': ['nobody', 'how do I get an API key?', 'how do I invite a teammate?'],
  'asks how to do things in the middle of a complaint': [
    'wrong-plan',
    'access denied',
    'how do I get an API key?',
    'how do I export my data?',
  ],
  'asks for their plan and their usage': ['over-limit', 'what plan am I on?', 'how many tokens have I used?'],
  'begins to hand off and cancels': ['nobody', long, 'talk to a human', long, long, 'cancel'],
  'hands off again and again': ['over-limit', 'I get access denied when I try to export', 'talk to a human'],
  'says what nobody understands': ['nobody', 'asdf', '🦄', long],
  'repeats and asks for help': ['over-limit', 'access denied', 'say that again', 'help'],
};

/** The state of a conversation is no larger after so many turns than it was at first. */
export function stateStaysSmall(turns: number): void {
  for (const [what, [customer, ...words]] of Object.entries(rounds))
    it(`stays small when a customer ${what} for ${turns} turns`, async () => {
      const world = await createWorld(customer);
      const sizes: number[] = [];
      try {
        await world.begin();
        for (let turn = 0; turn < turns; turn += 1) {
          await say(world, words[turn % words.length] ?? '');
          sizes.push((await storedState(world)).bytes);
        }
      } finally {
        await world.close();
      }
      const largest = (from: number, to: number) => Math.max(...sizes.slice(from, to));
      assert.ok(largest(0, turns) < most, `${largest(0, turns)} bytes`);
      assert.ok(
        largest(filled, turns) <= largest(0, filled) + counters,
        `${largest(0, filled)}, later ${largest(filled, turns)} bytes`,
      );
    });
}
