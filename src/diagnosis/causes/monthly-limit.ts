import type { Quota } from '../../domain/snapshot.ts';
import type { Facts } from '../../domain/verdict.ts';
import { proved, ruledOut, unknown, type About, type Cause } from '../cause.ts';

/** A meter that the feature counts on has reached its limit for this period. */
export const monthlyLimit: Cause = {
  slug: 'monthly-limit',
  proves: { always: ['meter', 'used', 'limit', 'resetsAt'], 'reset-unread': ['meter', 'used', 'limit'] },
  excludes: { always: ['meter', 'used', 'limit'], unmetered: [] },
  judge({ quotas }, about) {
    if (!quotas.known) return unknown(quotas);
    const counted = quotas.value.filter((quota) => countsFor(quota, about));
    const reached = counted.find((quota) => quota.used >= quota.limit);
    if (reached) return proved(quotas, factsOf(reached), reached.resetsAt === null ? 'reset-unread' : 'always');
    if (about.feature?.meters.some((meter) => !counted.some((quota) => quota.meter === meter))) return unknown(quotas);
    const closest = counted.toSorted((a, b) => b.used / b.limit - a.used / a.limit)[0];
    return closest ? ruledOut(quotas, factsOf(closest)) : ruledOut(quotas, {}, 'unmetered');
  },
};

/** Where no feature was named, every meter counts. */
function countsFor(quota: Quota, { feature }: About): boolean {
  return !feature || feature.meters.includes(quota.meter);
}

function factsOf({ meter, used, limit, resetsAt }: Quota): Facts {
  return { meter: { meter }, used, limit, ...(resetsAt !== null && { resetsAt: { at: resetsAt } }) };
}
