import fc from 'fast-check';
import type { Feature } from '../../src/domain/catalog.ts';
import { known, subscriptionStatuses, unread, type Fact, type Snapshot } from '../../src/domain/snapshot.ts';
import { content } from '../support/fakes.ts';

/** 22 November 2026, 10:12 UTC: when every snapshot of these tests was taken. */
export const at = Date.UTC(2026, 10, 22, 10, 12);
export const hour = 3_600_000;
export const reset = Date.UTC(2026, 11, 1);

/** The members of a snapshot that can be known or unread. */
export type Member = Exclude<keyof Snapshot, 'at'>;
type ValueOf<M extends Member> = Snapshot[M] extends Fact<infer T> ? T : never;
export type Values = { readonly [M in Member]: ValueOf<M> };

const healthyValues: Values = {
  identity: 'verified',
  membership: 'member',
  session: { state: 'valid', expiresAt: at + 6 * hour },
  accountName: 'Fern Optics',
  role: 'member',
  seat: 'assigned',
  plan: 'team',
  subscription: 'active',
  planChangedAt: at - 100 * hour,
  entitlements: content.catalog.features.map(({ slug }) => ({ feature: slug, granted: true })),
  quotas: [
    { meter: 'tokens', used: 120_000, limit: 500_000, resetsAt: reset },
    { meter: 'api-calls', used: 310, limit: 10_000, resetsAt: reset },
  ],
};

export const members = Object.keys(healthyValues) as Member[];

/** Every member has a read time of its own, so that a finding shows which one it rests on. */
export function readTime(member: Member): number {
  return at - members.indexOf(member) * 1_000;
}

/** A snapshot that allows everything, but for the values that differ. */
export function snapshot(differs: Partial<Values> = {}): Snapshot {
  const values: Values = { ...healthyValues, ...differs };
  const facts = members.map((member) => [member, known(values[member], sourceOf(member), readTime(member))]);
  return { at, ...(Object.fromEntries(facts) as Omit<Snapshot, 'at'>) };
}

/** The same snapshot, with these members unread. */
export function without(whole: Snapshot, hidden: readonly Member[]): Snapshot {
  const facts = hidden.map((member) => [member, unread('not-told', sourceOf(member), readTime(member))]);
  return { ...whole, ...(Object.fromEntries(facts) as Partial<Snapshot>) };
}

export function sourceOf(member: Member) {
  return member === 'identity' ? 'identity' : 'account-api';
}

export function featureNamed(slug: string): Feature {
  const found = content.catalog.features.find((one) => one.slug === slug);
  if (!found) throw new Error(`the catalog has no feature "${slug}"`);
  return found;
}

export function about(feature: Feature | null) {
  return { feature, catalog: content.catalog };
}

const slugs = content.catalog.features.map(({ slug }) => slug);
const instant = fc.integer({ min: at - 1000 * hour, max: at + 1000 * hour });
const count = fc.nat(1_000_000);
const anyValues: { readonly [M in Member]: fc.Arbitrary<Values[M]> } = {
  identity: fc.constantFrom('verified', 'anonymous'),
  membership: fc.constantFrom('member', 'not-in-account', 'account-not-found'),
  session: fc.record({
    state: fc.constantFrom('valid', 'expired', 'revoked'),
    expiresAt: fc.option(instant, { nil: null }),
  }),
  accountName: fc.string({ minLength: 1 }),
  role: fc.string({ minLength: 1 }),
  seat: fc.constantFrom('assigned', 'none', 'pending'),
  plan: fc.constantFrom('free', 'starter', 'team', 'business', 'grandfathered'),
  subscription: fc.constantFrom(...subscriptionStatuses),
  planChangedAt: instant,
  entitlements: fc.array(fc.record({ feature: fc.constantFrom(...slugs), granted: fc.boolean() })),
  quotas: fc.array(
    fc.record({
      meter: fc.constantFrom('tokens', 'api-calls', 'unheard-of'),
      used: count,
      limit: count,
      resetsAt: fc.option(instant, { nil: null }),
    }),
  ),
};

/** Any snapshot in which everything is known. */
export const anySnapshot = fc.record(anyValues as Record<Member, fc.Arbitrary<never>>).map(snapshot);
export const anyHidden = fc.subarray(members);
export const anyFeature = fc.option(fc.constantFrom(...content.catalog.features), { nil: null });
