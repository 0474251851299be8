import type { Instant } from '../../domain/instant.ts';
import type { Quota } from '../../domain/snapshot.ts';
import type { Facts } from '../../domain/verdict.ts';
import { needsFeature, ruledOut, unknown, type Cause } from '../cause.ts';
import { countsFor, judgeReached, type Reached } from '../meters.ts';

const told = {
  always: ['meter', 'used', 'limit', 'resetsAt'],
  'reset-unread': ['meter', 'used', 'limit'],
  'not-included': ['meter'],
};

/** A meter that the feature counts on has reached its limit for this period. */
export const monthlyLimit: Cause = {
  slug: 'monthly-limit',
  proves: {
    ...told,
    'several-meters': ['meters', 'resetsAt'],
    'several-unread': ['meters'],
    'several-not-included': ['meters', 'meter'],
  },
  possible: { ...told, several: ['meters'] },
  excludes: { always: ['meter', 'used', 'limit'], unmetered: [] },
  judge({ at, quotas, rates, credits }, about) {
    if (!quotas.known) return unknown(quotas);
    const counted = quotas.value.filter((quota) => countsFor(quota, about));
    const block = judgeReached(quotas, reachedIn(counted, at), about, severalOf);
    if (block) return block;
    // A meter that is told only as a rate or a credit has no monthly limit; one that is not told at all is unknown.
    const tells = [counted, ...[rates, credits].map((fact) => (fact.known ? fact.value : []))].flat();
    const isTold = (meter: string) => tells.some((one) => one.meter === meter);
    const meters = about.feature?.meters ?? about.catalog.features.flatMap((one) => one.meters);
    const isUnread = [rates, credits].some((fact) => !fact.known && fact.why !== 'not-connected');
    if (!meters.every(isTold)) return about.feature || isUnread ? unknown(quotas) : needsFeature(quotas);
    const closest = counted.toSorted((a, b) => b.used / b.limit - a.used / a.limit)[0];
    return closest ? ruledOut(quotas, factsOf(closest)) : ruledOut(quotas, {}, 'unmetered');
  },
};

/** Of several meters the last reset counts; where one of them is not included, none does. */
function severalOf(meters: readonly string[], longest: Reached): [Facts, string] {
  const facts = { meters: { meters } };
  const { meter, resetsAt } = longest.facts;
  if (longest.variant === 'not-included' && meter) return [{ ...facts, meter }, 'several-not-included'];
  return resetsAt === undefined ? [facts, 'several-unread'] : [{ ...facts, resetsAt }, 'several-meters'];
}

/** The latest reset first: waiting helps until then; what never resets, or was never included, before all. */
function reachedIn(quotas: readonly Quota[], at: Instant): Reached[] {
  const reached = quotas.filter(({ used, limit }) => used >= limit);
  const until = ({ limit, resetsAt }: Quota) =>
    limit === 0 || resetsAt === null || resetsAt <= at ? Infinity : resetsAt;
  return reached.toSorted((a, b) => until(b) - until(a) || a.limit - b.limit).map((quota) => reachedOf(quota, at));
}

function reachedOf({ resetsAt, ...quota }: Quota, at: Instant): Reached {
  const { meter, limit } = quota;
  if (limit === 0) return { meter, facts: { meter: { meter } }, variant: 'not-included' };
  // A reset that is over is not the next one.
  const facts = factsOf({ ...quota, resetsAt: resetsAt !== null && resetsAt > at ? resetsAt : null });
  return { meter, facts, variant: 'resetsAt' in facts ? 'always' : 'reset-unread' };
}

function factsOf({ meter, used, limit, resetsAt }: Quota): Facts {
  return { meter: { meter }, used, limit, ...(resetsAt !== null && { resetsAt: { at: resetsAt } }) };
}
