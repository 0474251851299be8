import { z } from 'zod';
import type { Catalog } from '../../domain/catalog.ts';
import { text } from '../../domain/schemas.ts';
import type { Entitlement } from '../../domain/snapshot.ts';
import { listAll, type Ask } from './ask.ts';

// https://docs.stripe.com/api/entitlements/active-entitlement/object and …/feature/object
const keyed = z.object({ id: text(), lookup_key: text() });
const feature = keyed.extend({ active: z.boolean().optional().catch(undefined) });

/**
 * The entitlements to those of the catalog's features that Stripe knows: what is no feature there, or was archived, cannot be
 * missing. Null where a list is not as documented. Throws like `Ask`.
 */
export async function readEntitlements(ask: Ask, customer: string, catalog: Catalog): Promise<Entitlement[] | null> {
  const [active, features] = await Promise.all([
    listAll(ask, 'entitlements/active_entitlements', { customer }, keyed),
    listAll(ask, 'entitlements/features', {}, feature),
  ]);
  if (!active || !features) return null;
  const sold = features.filter((one) => one.active === true);
  const has = (list: typeof active, key: string) => list.some((one) => one.lookup_key === key);
  return catalog.features.flatMap(({ slug, stripe: key = slug }) => {
    const granted = has(active, key);
    return granted || has(sold, key) ? [{ feature: slug, granted, roles: null }] : [];
  });
}
