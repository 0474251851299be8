import type { Entitlement, FeatureState, Known, Snapshot } from '../../domain/snapshot.ts';
import {
  needsFeature,
  possible,
  proved,
  ruledOut,
  unknown,
  type Cause,
  type DiagnosisContext,
  type Judgement,
} from '../cause.ts';

/** Nobody switched the feature on in this account, or set it up. An upgrade does not do that. */
export const featureNotEnabled: Cause = {
  slug: 'feature-not-enabled',
  proves: { off: [], 'not-set-up': [] },
  possible: { always: [] },
  excludes: { always: [], 'not-in-plan': [] },
  judge({ featureStates, entitlements }, about) {
    if (!featureStates.known) return unknown(featureStates);
    if (!about.feature) return judgeEvery(featureStates, entitlements, about);
    const state = stateOf(featureStates.value, about.feature.slug);
    if (state === 'on') return ruledOut(featureStates);
    if (state) return proved(featureStates, {}, state);
    if (!entitlements.known) return unknown(entitlements);
    return isLacking(entitlements.value, about.feature.slug)
      ? ruledOut(entitlements, {}, 'not-in-plan')
      : unknown(featureStates);
  },
};

function stateOf(states: readonly FeatureState[], slug: string): FeatureState['state'] | undefined {
  return states.find(({ feature }) => feature === slug)?.state;
}

/** What the plan does not have, nobody can switch on. */
function isLacking(entitlements: readonly Entitlement[], slug: string): boolean {
  return entitlements.find(({ feature }) => feature === slug)?.granted === false;
}

/** Without a feature: whether any is switched off. */
function judgeEvery(
  states: Known<readonly FeatureState[]>,
  entitlements: Snapshot['entitlements'],
  { catalog }: DiagnosisContext,
): Judgement | null {
  const slugs = catalog.features.map(({ slug }) => slug);
  const off = slugs.filter((slug) => (stateOf(states.value, slug) ?? 'on') !== 'on');
  if (off.length > 0) return possible(states, off);
  const untold = slugs.filter((slug) => !stateOf(states.value, slug));
  if (untold.length === 0) return ruledOut(states);
  if (!entitlements.known) return unknown(entitlements);
  return untold.every((slug) => isLacking(entitlements.value, slug)) ? ruledOut(states) : needsFeature(states);
}
