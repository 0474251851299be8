import type { Feature } from '../../domain/catalog.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import {
  hasEvery,
  needsFeature,
  proved,
  ruledOut,
  unknown,
  type Cause,
  type DiagnosisContext,
  type Judgement,
} from '../cause.ts';

/** The entitlement is missing. Not the plan's name decides: overrides and grandfathered plans exist. */
export const planLacksFeature: Cause = {
  slug: 'plan-lacks-feature',
  proves: { always: ['plan', 'lowestPlan'], 'plan-has-it': ['plan', 'lowestPlan'], 'plan-unread': ['lowestPlan'] },
  excludes: { always: [], 'every-feature': [] },
  judge(snapshot, about) {
    const { entitlements } = snapshot;
    if (!entitlements.known) return unknown(entitlements);
    const { feature } = about;
    // Every lower plan lacks something: that alone blocks nobody who does not want it.
    if (!feature)
      return hasEvery(entitlements.value, about)
        ? ruledOut(entitlements, {}, 'every-feature')
        : needsFeature(entitlements);
    const entitlement = entitlements.value.find((one) => one.feature === feature.slug);
    if (!entitlement) return unknown(entitlements);
    return entitlement.granted ? ruledOut(entitlements) : judgeMissing(snapshot, feature, about);
  },
};

function judgeMissing(
  { entitlements, plan }: Snapshot,
  { lowestPlan }: Feature,
  { catalog }: DiagnosisContext,
): Judgement {
  const lowest = { lowestPlan: { plan: lowestPlan } };
  if (!plan.known) return proved(entitlements, lowest, 'plan-unread');
  const placeOf = (slug: string) => catalog.plans.findIndex((one) => one.slug === slug);
  const has = placeOf(plan.value) >= placeOf(lowestPlan);
  return proved(entitlements, { plan: { plan: plan.value }, ...lowest }, has ? 'plan-has-it' : 'always');
}
