import { unlimited, type Credit } from '../../domain/usage.ts';
import type { Facts } from '../../domain/verdict.ts';
import { ruledOut, unknown, type Cause } from '../cause.ts';
import { countsFor, judgeReached, unlessUnlimited, unlimitedIn, type Reached } from '../meters.ts';

/** What was paid in advance is used up, or a spending cap is reached. Waiting never helps. */
export const creditExhausted: Cause = {
  slug: 'credit-exhausted',
  proves: { always: ['meter'], 'cap-reached': ['meter', 'spent', 'cap'] },
  possible: { always: ['meter'], 'cap-reached': ['meter', 'spent', 'cap'], several: ['meters'] },
  excludes: { always: [], left: ['meter', 'remaining'], unlimited: [] },
  judge({ credits, unlimitedFeatures }, about) {
    if (!credits.known) return unknown(credits);
    const spared = unlimitedIn(unlimitedFeatures);
    if (about.feature && spared.includes(about.feature.slug)) return ruledOut(unlimitedFeatures, {}, 'unlimited');
    const counted = credits.value.filter((credit) => countsFor(credit, about));
    const block = judgeReached(credits, counted.flatMap(reachedOf), about, { spared });
    if (block) return unlessUnlimited(block, unlimitedFeatures);
    return counted.every(isTold) ? ruledOut(credits, ...leastOf(counted)) : unknown(credits);
  },
};

/** The balance that is used up first. What is used up, and blocks nothing all the same, is of features that need no credit. */
function leastOf(counted: readonly Credit[]): [Facts, string] {
  if (counted.some((one) => reachedOf(one).length > 0)) return [{}, 'unlimited'];
  const left = counted.flatMap(({ meter, remaining }) => (remaining === null ? [] : [{ meter, remaining }]));
  const [least] = left.toSorted((a, b) => a.remaining - b.remaining);
  return least ? [{ meter: { meter: least.meter }, remaining: least.remaining }, 'left'] : [{}, 'always'];
}

function reachedOf({ meter, remaining, spent, cap }: Credit): Reached[] {
  const named = { meter: { meter } };
  if (remaining !== null && remaining <= 0) return [{ meter, facts: named, variant: 'always' }];
  if (spent === null || cap === null || cap === unlimited || spent < cap) return [];
  return [{ meter, facts: { ...named, spent, cap }, variant: 'cap-reached' }];
}

/** A credit without a balance, whose cap is not told or cannot be compared, says nothing. */
function isTold({ remaining, spent, cap }: Credit): boolean {
  return remaining !== null || cap === unlimited || (spent !== null && cap !== null);
}
