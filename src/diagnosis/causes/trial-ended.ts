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
import { paidAhead } from '../paid-ahead.ts';
import { trialStopped } from '../trial-stopped.ts';

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
    const paid = paidAhead(snapshot);
    if (paid) return paid.known ? ruledOut(paid) : unknown(paid);
    const proof = proved(trialEndsAt, { endedAt: { at: end } });
    if (subscription.value === 'paused' || subscription.value === 'canceled')
      return judgeStopped(snapshot, about, proof);
    const unfollowed = ['trialing', 'incomplete_expired'].includes(subscription.value);
    return unfollowed ? proof : judgePlan(snapshot, about, proof);
  },
};

/** A subscription may stop long after its trial, for another reason. */
function judgeStopped(snapshot: Snapshot, about: DiagnosisContext, proof: Judgement): Judgement | null {
  const { subscription, stopReason } = snapshot;
  const byTrial = trialStopped(snapshot);
  if (byTrial === true) return proof;
  if (byTrial !== false) return unknown(byTrial);
  if (subscription.known && subscription.value === 'canceled') return judgePlan(snapshot, about, proof);
  return stopReason.known && stopReason.value !== null ? ruledOut(stopReason) : unknown(stopReason);
}

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
