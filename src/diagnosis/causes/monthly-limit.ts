import type { Quota } from '../../domain/snapshot.ts';
import type { Facts } from '../../domain/verdict.ts';
import { countsFor, proved, ruledOut, unknown, type Cause } from '../cause.ts';

/** A meter that the feature counts on has reached its limit for this period. */
export const monthlyLimit: Cause = {
  slug: 'monthly-limit',
  proves: { always: ['meter', 'used', 'limit', 'resetsAt'], 'reset-unread': ['meter', 'used', 'limit'] },
  excludes: { always: ['meter', 'used', 'limit'], unmetered: [] },
  judge({ quotas, rates, credits }, about) {
    if (!quotas.known) return unknown(quotas);
    const counted = quotas.value.filter((quota) => countsFor(quota, about));
    const reached = counted.find((quota) => quota.used >= quota.limit);
    if (reached) return proved(quotas, factsOf(reached), reached.resetsAt === null ? 'reset-unread' : 'always');
    // A meter that is told only as a rate or a credit has no monthly limit; one that is not told at all is unknown.
    const told = [counted, ...[rates, credits].map((fact) => (fact.known ? fact.value : []))].flat();
    if (about.feature?.meters.some((meter) => !told.some((one) => one.meter === meter))) return unknown(quotas);
    const closest = counted.toSorted((a, b) => b.used / b.limit - a.used / a.limit)[0];
    return closest ? ruledOut(quotas, factsOf(closest)) : ruledOut(quotas, {}, 'unmetered');
  },
};

function factsOf({ meter, used, limit, resetsAt }: Quota): Facts {
  return { meter: { meter }, used, limit, ...(resetsAt !== null && { resetsAt: { at: resetsAt } }) };
}
