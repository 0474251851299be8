import { proved, ruledOut, unknown, type Cause } from '../cause.ts';

/**
 * This sign-in lacks the feature, and another verified sign-in of the same person has it. Which one that is must never
 * be told.
 */
export const wrongAccount: Cause = {
  slug: 'wrong-account',
  proves: { always: [] },
  excludes: { always: [] },
  judge({ elsewhere, entitlements }, { feature }) {
    const here = entitlements.known && entitlements.value.find((one) => one.feature === feature?.slug);
    if (here && here.granted) return ruledOut(entitlements);
    if (!elsewhere.known) return unknown(elsewhere);
    if (!feature) return elsewhere.value.length === 0 ? ruledOut(elsewhere) : unknown(elsewhere);
    if (!elsewhere.value.includes(feature.slug)) return ruledOut(elsewhere);
    return here ? proved(elsewhere) : unknown(entitlements);
  },
};
