import type { Incident } from '../../domain/snapshot.ts';
import type { Facts } from '../../domain/verdict.ts';
import { possible, proved, ruledOut, unknown, type DiagnosisContext, type Cause } from '../cause.ts';

/** We have a failure that concerns this feature: checked before anything is said about the account. */
export const incident: Cause = {
  slug: 'incident',
  proves: { always: ['incident'], since: ['incident', 'since'] },
  possible: { always: ['incident'], since: ['incident', 'since'], several: [] },
  excludes: { always: [], elsewhere: [] },
  judge({ incidents }, about) {
    if (!incidents.known) return unknown(incidents);
    const mine = incidents.value.find((one) => concernsAll(one, about));
    if (mine) return proved(incidents, factsOf(mine), variantOf(mine));
    const some = about.feature ? [] : incidents.value.filter((one) => concerned([one], about).length > 0);
    const [first] = some;
    if (first && some.length === 1)
      return possible(incidents, concerned(some, about), factsOf(first), variantOf(first));
    if (first) return possible(incidents, concerned(some, about), {}, 'several');
    return ruledOut(incidents, {}, incidents.value.length === 0 ? 'always' : 'elsewhere');
  },
};

/** Whether it concerns what the denial is about: the feature that was named, or every one. */
function concernsAll({ features }: Incident, { feature, catalog }: DiagnosisContext): boolean {
  const asked = feature ? [feature] : catalog.features;
  return features === null || asked.every(({ slug }) => features.includes(slug));
}

function concerned(incidents: readonly Incident[], { catalog }: DiagnosisContext): string[] {
  const slugs = catalog.features.map(({ slug }) => slug);
  return slugs.filter((slug) => incidents.some(({ features }) => features?.includes(slug)));
}

function variantOf({ since }: Incident): string {
  return since === null ? 'always' : 'since';
}

function factsOf({ name, since }: Incident): Facts {
  return { incident: name, ...(since !== null && { since: { at: since } }) };
}
