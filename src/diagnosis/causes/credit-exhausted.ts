import type { Credit } from '../../domain/snapshot.ts';
import { ruledOut, unknown, type Cause } from '../cause.ts';
import { countsFor, judgeReached, type Reached } from '../meters.ts';

/** What was paid in advance is used up, or a spending cap is reached. Waiting never helps. */
export const creditExhausted: Cause = {
  slug: 'credit-exhausted',
  proves: { always: ['meter'], 'cap-reached': ['meter', 'spent', 'cap'] },
  possible: { always: ['meter'], 'cap-reached': ['meter', 'spent', 'cap'], several: ['meters'] },
  excludes: { always: [] },
  judge({ credits }, about) {
    if (!credits.known) return unknown(credits);
    const counted = credits.value.filter((credit) => countsFor(credit, about));
    const block = judgeReached(credits, counted.flatMap(reachedOf), about);
    if (block) return block;
    return counted.every(isTold) ? ruledOut(credits) : unknown(credits);
  },
};

function reachedOf({ meter, remaining, spent, cap }: Credit): Reached[] {
  const named = { meter: { meter } };
  if (remaining !== null && remaining <= 0) return [{ meter, facts: named, variant: 'always' }];
  if (spent === null || cap === null || spent < cap) return [];
  return [{ meter, facts: { ...named, spent, cap }, variant: 'cap-reached' }];
}

/** A credit without a balance and without a cap to compare with says nothing. */
function isTold({ remaining, spent, cap }: Credit): boolean {
  return remaining !== null || (spent !== null && cap !== null);
}
