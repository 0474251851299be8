import type { Instant } from '../domain/instant.ts';
import type { Known, Snapshot, Unknown } from '../domain/snapshot.ts';

/**
 * Until when a canceled subscription was paid, where that is to come: access stands until then. Null: it does not, or the
 * subscription is not canceled. Where an unread fact decides, that fact.
 */
export function paidAhead({ at, subscription, paidUntil }: Snapshot): Known<Instant> | Unknown | null {
  if (!subscription.known || subscription.value !== 'canceled') return null;
  if (!paidUntil.known) return paidUntil.why === 'not-connected' ? null : paidUntil;
  const { value } = paidUntil;
  return value !== null && value > at ? { ...paidUntil, value } : null;
}
