import type { Quota } from '../../domain/snapshot.ts';
import type { Facts } from '../../domain/verdict.ts';
import { needsFeature, ruledOut, unknown, type Cause } from '../cause.ts';
import { countsFor, judgeReached, type Reached } from '../meters.ts';

const told = { always: ['meter', 'used', 'limit', 'resetsAt'], 'reset-unread': ['meter', 'used', 'limit'] };

/** A meter that the feature counts on has reached its limit for this period. */
export const monthlyLimit: Cause = {
  slug: 'monthly-limit',
  proves: told,
  possible: { ...told, several: ['meters'] },
  excludes: { always: ['meter', 'used', 'limit'], unmetered: [] },
  judge({ quotas, rates, credits }, about) {
    if (!quotas.known) return unknown(quotas);
    const counted = quotas.value.filter((quota) => countsFor(quota, about));
    const block = judgeReached(quotas, counted.filter(({ used, limit }) => used >= limit).map(reachedOf), about);
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

function reachedOf(quota: Quota): Reached {
  const variant = quota.resetsAt === null ? 'reset-unread' : 'always';
  return { meter: quota.meter, facts: factsOf(quota), variant };
}

function factsOf({ meter, used, limit, resetsAt }: Quota): Facts {
  return { meter: { meter }, used, limit, ...(resetsAt !== null && { resetsAt: { at: resetsAt } }) };
}
