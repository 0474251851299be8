import type { Credit } from '../../domain/snapshot.ts';
import { countsFor, proved, ruledOut, unknown, type Cause, type Judgement } from '../cause.ts';

/** What was paid in advance is used up, or a spending cap is reached. Waiting never helps. */
export const creditExhausted: Cause = {
  slug: 'credit-exhausted',
  proves: { always: ['meter'], 'cap-reached': ['meter', 'spent', 'cap'] },
  excludes: { always: [] },
  judge({ credits }, about) {
    if (!credits.known) return unknown(credits);
    const counted = credits.value.filter((credit) => countsFor(credit, about));
    const proofs = counted.flatMap((credit) => proofOf(credit) ?? []);
    const [first] = proofs.map(({ as, facts }): Judgement => proved(credits, facts, as));
    if (first) return first;
    return counted.every(isTold) ? ruledOut(credits) : unknown(credits);
  },
};

function proofOf({ meter, remaining, spent, cap }: Credit) {
  const named = { meter: { meter } };
  if (remaining !== null && remaining <= 0) return { as: 'always', facts: named };
  if (spent === null || cap === null || spent < cap) return null;
  return { as: 'cap-reached', facts: { ...named, spent, cap } };
}

/** A credit without a balance and without a cap to compare with says nothing. */
function isTold({ remaining, spent, cap }: Credit): boolean {
  return remaining !== null || (spent !== null && cap !== null);
}
