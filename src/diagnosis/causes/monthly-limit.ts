import type { Instant } from '../../domain/instant.ts';
import { isLimited, type LimitedQuota, type Quota, type QuotaWindow } from '../../domain/usage.ts';
import type { Facts } from '../../domain/verdict.ts';
import { needsFeature, ruledOut, unknown, type Cause } from '../cause.ts';
import { countsFor, judgeReached, unlessUnlimited, unlimitedIn, type Reached } from '../meters.ts';

const told = {
  always: ['meter', 'used', 'limit', 'resetsAt', 'window'],
  'reset-unread': ['meter', 'used', 'limit', 'window'],
  'not-included': ['meter', 'window'],
};

/** A meter that the feature counts on has reached its limit for this period. */
export const monthlyLimit: Cause = {
  slug: 'monthly-limit',
  proves: {
    ...told,
    'several-meters': ['meters', 'resetsAt', 'window'],
    'several-unread': ['meters', 'window'],
    'several-not-included': ['meters', 'meter', 'window'],
  },
  possible: { ...told, several: ['meters'] },
  excludes: { always: ['meter', 'used', 'limit', 'window'], unmetered: [], unlimited: [], 'no-limit': ['meter'] },
  judge({ at, quotas, rates, credits, unlimitedFeatures }, about) {
    if (!quotas.known) return unknown(quotas);
    const spared = unlimitedIn(unlimitedFeatures);
    if (about.feature && spared.includes(about.feature.slug)) return ruledOut(unlimitedFeatures, {}, 'unlimited');
    const counted = quotas.value.filter((quota) => countsFor(quota, about));
    const limited = counted.filter(isLimited);
    const block = judgeReached(quotas, reachedIn(limited, at), about, { several: severalOf, spared });
    if (block) return unlessUnlimited(block, unlimitedFeatures);
    // A meter that is told only as a rate or a credit has no monthly limit; one that is not told at all is unknown.
    const tells = [counted, ...[rates, credits].map((fact) => (fact.known ? fact.value : []))].flat();
    const isTold = (meter: string) => tells.some((one) => one.meter === meter);
    const meters = about.feature?.meters ?? about.catalog.features.flatMap((one) => one.meters);
    const isUnread = [rates, credits].some((fact) => !fact.known && fact.why !== 'not-connected');
    if (!meters.every(isTold)) return about.feature || isUnread ? unknown(quotas) : needsFeature(quotas);
    return ruledOut(quotas, ...closestOf(counted, limited));
  },
};

/** What is nearest to its limit; of meters without one, any. What is reached, and blocks nothing all the same, has none. */
function closestOf(counted: readonly Quota[], limited: readonly LimitedQuota[]): [Facts, string] {
  const [closest] = limited.toSorted((a, b) => b.used / b.limit - a.used / a.limit);
  if (closest) return closest.used >= closest.limit ? [{}, 'unlimited'] : [factsOf(closest), 'always'];
  const [free] = counted;
  return free ? [{ meter: { meter: free.meter } }, 'no-limit'] : [{}, 'unmetered'];
}

/** Of several meters the last reset counts; where one of them is not included, none does. */
function severalOf(meters: readonly string[], reached: readonly Reached[]): [Facts, string] {
  const windows = new Set(reached.map(({ facts }) => (facts.window as { window: QuotaWindow }).window));
  const [only = null] = windows.size === 1 ? windows : [];
  const facts = { meters: { meters }, window: { window: only } };
  const { variant, facts: longest } = reached[0] ?? { variant: '', facts: {} };
  const { meter, resetsAt } = longest as Facts;
  if (variant === 'not-included' && meter) return [{ ...facts, meter }, 'several-not-included'];
  return resetsAt === undefined ? [facts, 'several-unread'] : [{ ...facts, resetsAt }, 'several-meters'];
}

/** The latest reset first: waiting helps until then; what never resets, or was never included, before all. */
function reachedIn(quotas: readonly LimitedQuota[], at: Instant): Reached[] {
  const reached = quotas.filter(({ used, limit }) => used >= limit);
  const until = ({ limit, resetsAt }: LimitedQuota) =>
    limit === 0 || resetsAt === null || resetsAt <= at ? Infinity : resetsAt;
  return reached.toSorted((a, b) => until(b) - until(a) || a.limit - b.limit).map((quota) => reachedOf(quota, at));
}

function reachedOf(quota: LimitedQuota, at: Instant): Reached {
  const { meter, limit, resetsAt } = quota;
  if (limit === 0) return { meter, facts: { meter: { meter }, ...windowOf(quota) }, variant: 'not-included' };
  // A reset that is over is not the next one.
  const facts = factsOf({ ...quota, resetsAt: resetsAt !== null && resetsAt > at ? resetsAt : null });
  return { meter, facts, variant: 'resetsAt' in facts ? 'always' : 'reset-unread' };
}

function factsOf(quota: LimitedQuota): Facts {
  const { meter, used, limit, resetsAt } = quota;
  const resets = resetsAt !== null && { resetsAt: { at: resetsAt } };
  return { meter: { meter }, used, limit, ...windowOf(quota), ...resets };
}

function windowOf({ window = 'month' }: Quota) {
  return { window: { window } };
}
