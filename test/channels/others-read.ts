import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SubjectFields } from '../../src/domain/subject.ts';
import { rounds } from '../support/rounds.ts';

/** Whose account is `over-limit`'s. */
export const ada: SubjectFields = {
  ...{ accountId: 'acct_42', userId: 'usr_7', verifiedBy: 'signed-identity', name: 'Ada' },
};
/** What only the account, or her ticket, tells. */
const facts = /You’re on|500,000|You’ve reached|Your subscription|\bAda\b|LK-/;

/** Something that she does in a channel, in one of its places. */
export interface Doing<Place> {
  readonly place: Place;
  readonly words: string;
  /** Tells doings of the same words apart. */
  readonly nth: number;
}

/** The product with a channel in which her account is known. */
export interface ReadAlong<Kind, Place> {
  /** Resolves when all is answered that follows; what others read in the answer to the request itself. */
  readonly does: (kind: Kind, doing: Doing<Place>) => Promise<string>;
  /** Everything that was sent, and whether she alone reads it. */
  readonly sent: () => readonly { readonly isHers: boolean; readonly json: string }[];
  readonly close: () => Promise<unknown>;
}

const words = [
  ...['I get access denied when I try to export', 'How much have I used?', 'What plan am I on?', 'exports'],
  ...['Talk to a person', 'How is my ticket?', 'yes', 'no', 'Check again', 'how do I get an API key?'],
];

/** Holds, over all of these kinds and places, that only she reads what her account or her ticket tells. */
export async function assertOthersReadNothing<Kind, Place>(
  kinds: readonly Kind[],
  places: readonly Place[],
  start: () => Promise<ReadAlong<Kind, Place>>,
): Promise<void> {
  const doing = fc.record({
    kind: fc.constantFrom(...kinds),
    place: fc.constantFrom(...places),
    words: fc.constantFrom(...words),
    nth: fc.integer({ min: 10, max: 99 }),
  });
  let [toldHer, toldOthers] = [0, 0];
  const property = fc.asyncProperty(fc.array(doing, { minLength: 4, maxLength: 10 }), async (doings) => {
    const { does, sent, close } = await start();
    try {
      for (const { kind, ...one } of doings) assert.doesNotMatch(await does(kind, one), facts);
    } finally {
      await close();
    }
    const others = sent().filter(({ isHers }) => !isHers);
    for (const { json } of others) assert.doesNotMatch(json, facts);
    toldOthers += others.length;
    toldHer += sent().filter(({ isHers, json }) => isHers && facts.test(json)).length;
  });
  await fc.assert(property, { numRuns: rounds(50) });
  assert.ok(toldHer > 0, 'the facts were told to nobody at all');
  assert.ok(toldOthers > 0, 'nobody else was told anything');
}
