import type { KeyScopes } from '../../domain/snapshot.ts';
import { possible, proved, ruledOut, unknown, type Cause } from '../cause.ts';

/** The API key or project was not given a scope that the feature needs. The key itself is never told. */
export const keyLacksScope: Cause = {
  slug: 'key-lacks-scope',
  proves: { key: ['scopes'], project: ['scopes'] },
  possible: { key: ['scopes'], project: ['scopes'] },
  excludes: { always: [] },
  judge({ keyScopes }, { feature, catalog }) {
    if (!keyScopes.known) return unknown(keyScopes);
    const { holder, lacks } = keyScopes.value;
    const blocked = catalog.features
      .map(({ slug }) => slug)
      .filter((slug) => lacks.some((one) => one.feature === slug));
    if (!feature && blocked.length > 0) return possible(keyScopes, blocked, scopesOf(lacks), holder);
    const here = lacks.filter((one) => one.feature === feature?.slug);
    return here.length > 0 ? proved(keyScopes, scopesOf(here), holder) : ruledOut(keyScopes);
  },
};

function scopesOf(lacks: KeyScopes['lacks']) {
  return { scopes: [...new Set(lacks.map(({ scope }) => scope))].join(', ') };
}
