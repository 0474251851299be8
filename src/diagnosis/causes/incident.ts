import type { Incident } from '../../domain/snapshot.ts';
import type { Facts } from '../../domain/verdict.ts';
import { proved, ruledOut, unknown, type DiagnosisContext, type Cause } from '../cause.ts';

/** We have a failure that concerns this feature: checked before anything is said about the account. */
export const incident: Cause = {
  slug: 'incident',
  proves: { always: ['incident'], since: ['incident', 'since'] },
  excludes: { always: [], elsewhere: [] },
  judge({ incidents }, about) {
    if (!incidents.known) return unknown(incidents);
    const mine = incidents.value.find((one) => concerns(one, about));
    if (mine) return proved(incidents, factsOf(mine), mine.since === null ? 'always' : 'since');
    if (incidents.value.length === 0) return ruledOut(incidents);
    if (incidents.value.every(({ features }) => features?.length === 0)) return ruledOut(incidents, {}, 'elsewhere');
    // Some feature is concerned; which one is meant is not known yet.
    return about.feature ? ruledOut(incidents, {}, 'elsewhere') : unknown(incidents);
  },
};

function concerns({ features }: Incident, { feature }: DiagnosisContext): boolean {
  return features === null || (feature !== null && features.includes(feature.slug));
}

function factsOf({ name, since }: Incident): Facts {
  return { incident: name, ...(since !== null && { since: { at: since } }) };
}
