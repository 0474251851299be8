import type { Snapshot } from '../../domain/snapshot.ts';
import {
  hasEvery,
  possible,
  proved,
  ruledOut,
  unknown,
  type Cause,
  type DiagnosisContext,
  type Judgement,
} from '../cause.ts';

/**
 * This sign-in lacks the feature, and another verified sign-in of the same person has it. Which one that is must never
 * be told.
 */
export const wrongAccount: Cause = {
  slug: 'wrong-account',
  proves: { always: [] },
  possible: { always: [] },
  excludes: { always: [] },
  judge(snapshot, about) {
    const { otherAccountFeatures, entitlements } = snapshot;
    if (!about.feature) return judgeEvery(snapshot, about);
    const slug = about.feature.slug;
    const here = entitlements.known && entitlements.value.find((one) => one.feature === slug);
    if (here && here.granted) return ruledOut(entitlements);
    if (!otherAccountFeatures.known) return unknown(otherAccountFeatures);
    if (!otherAccountFeatures.value.includes(slug)) return ruledOut(otherAccountFeatures);
    return here ? proved(otherAccountFeatures) : unknown(entitlements);
  },
};

/** Without a feature: whether the other sign-in has anything that this one lacks. */
function judgeEvery({ otherAccountFeatures, entitlements }: Snapshot, about: DiagnosisContext): Judgement | null {
  if (entitlements.known && hasEvery(entitlements.value, about)) return ruledOut(entitlements);
  if (!otherAccountFeatures.known) return unknown(otherAccountFeatures);
  const others = about.catalog.features.filter(({ slug }) => otherAccountFeatures.value.includes(slug));
  if (others.length === 0) return ruledOut(otherAccountFeatures);
  if (!entitlements.known) return unknown(entitlements);
  const { value } = entitlements;
  const here = (slug: string) => value.find(({ feature }) => feature === slug)?.granted;
  const lacking = others.map(({ slug }) => slug).filter((slug) => here(slug) === false);
  if (lacking.length > 0) return possible(otherAccountFeatures, lacking);
  return others.every(({ slug }) => here(slug)) ? ruledOut(entitlements) : unknown(entitlements);
}
