import type { Feature } from '../../domain/catalog.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { Facts } from '../../domain/verdict.ts';
import { proved, ruledOut, unknown, type Cause } from '../cause.ts';

/** The entitlement is missing. Not the plan's name decides: overrides and grandfathered plans exist. */
export const planLacksFeature: Cause = {
  slug: 'plan-lacks-feature',
  proves: { always: ['plan', 'lowestPlan'], 'plan-unread': ['lowestPlan'] },
  excludes: { always: [] },
  judge(snapshot, about) {
    const { entitlements } = snapshot;
    if (!entitlements.known || !about.feature) return unknown(entitlements);
    const slug = about.feature.slug;
    const entitlement = entitlements.value.find((one) => one.feature === slug);
    if (!entitlement) return unknown(entitlements);
    if (entitlement.granted) return ruledOut(entitlements);
    return proved(entitlements, planFacts(snapshot, about.feature), snapshot.plan.known ? 'always' : 'plan-unread');
  },
};

function planFacts({ plan }: Snapshot, { lowestPlan }: Feature): Facts {
  return { ...(plan.known && { plan: { plan: plan.value } }), lowestPlan: { plan: lowestPlan } };
}
