import { proved, ruledOut, unknown, type Cause } from '../cause.ts';

/**
 * This sign-in lacks the feature, and another verified sign-in of the same person has it. Which one that is must never
 * be told.
 */
export const wrongAccount: Cause = {
  slug: 'wrong-account',
  proves: { always: [] },
  excludes: { always: [] },
  judge({ otherAccountFeatures, entitlements }, { feature }) {
    const here = entitlements.known && entitlements.value.find((one) => one.feature === feature?.slug);
    if (here && here.granted) return ruledOut(entitlements);
    if (!otherAccountFeatures.known) return unknown(otherAccountFeatures);
    if (!feature)
      return otherAccountFeatures.value.length === 0 ? ruledOut(otherAccountFeatures) : unknown(otherAccountFeatures);
    if (!otherAccountFeatures.value.includes(feature.slug)) return ruledOut(otherAccountFeatures);
    return here ? proved(otherAccountFeatures) : unknown(entitlements);
  },
};
