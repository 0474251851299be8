import type { Snapshot } from '../../domain/snapshot.ts';
import {
  hasEvery,
  needsFeature,
  proved,
  ruledOut,
  unknown,
  type DiagnosisContext,
  type Cause,
  type Judgement,
} from '../cause.ts';

/** The trial is over, and no paid plan follows it. */
export const trialEnded: Cause = {
  slug: 'trial-ended',
  proves: { always: ['endedAt'] },
  excludes: { always: [], 'no-trial': [], running: ['endsAt'] },
  judge(snapshot, about) {
    const { at, trialEndsAt, subscription } = snapshot;
    if (!trialEndsAt.known) return unknown(trialEndsAt);
    const end = trialEndsAt.value;
    if (end === null) return ruledOut(trialEndsAt, {}, 'no-trial');
    if (end > at) return ruledOut(trialEndsAt, { endsAt: { at: end } }, 'running');
    if (!subscription.known) return unknown(subscription);
    // `paused` is Stripe's word for a trial that ended without a way to pay.
    const unfollowed = ['trialing', 'paused', 'incomplete_expired'].includes(subscription.value);
    const proof = proved(trialEndsAt, { endedAt: { at: end } });
    return unfollowed ? proof : judgePlan(snapshot, about, proof);
  },
};

/** The lowest plan costs nothing: it may follow a trial for years, and blocks only what it does not include. */
function judgePlan(
  { plan, subscription, entitlements }: Snapshot,
  about: DiagnosisContext,
  proof: Judgement,
): Judgement | null {
  if (!plan.known) return unknown(plan);
  if (plan.value !== about.catalog.plans[0]?.slug) return ruledOut(subscription);
  if (!entitlements.known) return unknown(entitlements);
  const { feature } = about;
  if (!feature) return hasEvery(entitlements.value, about) ? ruledOut(entitlements) : needsFeature(entitlements);
  const entitlement = entitlements.value.find((one) => one.feature === feature.slug);
  if (!entitlement) return unknown(entitlements);
  return entitlement.granted ? ruledOut(entitlements) : proof;
}
