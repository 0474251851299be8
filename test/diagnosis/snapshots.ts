import fc from 'fast-check';
import type { Feature } from '../../src/domain/catalog.ts';
import {
  accountMembers,
  confirmables,
  featureStates,
  known,
  stopReasons,
  networks,
  pendingActions,
  signInMethods,
  subscriptionStatuses,
  unknownFact,
  type Entitlement,
  type Fact,
  type Snapshot,
  type Unknown,
} from '../../src/domain/snapshot.ts';
import { longestPropagationMs, propagationMs } from '../../src/domain/propagation.ts';
import { quotaWindows, unlimited } from '../../src/domain/usage.ts';
import { content } from '../support/fakes.ts';

/** 22 November 2026, 10:12 UTC: when every snapshot of these tests was taken. */
export const at = Date.UTC(2026, 10, 22, 10, 12);
export const minute = 60_000;
export const hour = 60 * minute;
export const reset = Date.UTC(2026, 11, 1);

/** The members of a snapshot that can be known or unread. */
export type Member = Exclude<keyof Snapshot, 'at'>;
type ValueOf<M extends Member> = Snapshot[M] extends Fact<infer T> ? T : never;
export type Values = { readonly [M in Member]: ValueOf<M> };

/** Entitlements to every feature, for any role. */
export function entitled(differs: Partial<Entitlement> = {}): readonly Entitlement[] {
  return content.catalog.features.map(({ slug }) => ({ feature: slug, granted: true, roles: null, ...differs }));
}

const healthyValues: Values = {
  identity: 'verified',
  incidents: [],
  membership: 'member',
  session: { state: 'valid', expiresAt: at + 6 * hour },
  otherAccountFeatures: [],
  accountName: 'Fern Optics',
  accountStatus: 'active',
  pendingActions: [],
  userStatus: 'active',
  lockout: null,
  lacksSignIn: [],
  unconfirmed: [],
  network: 'allowed',
  role: 'member',
  roleChangedAt: null,
  seat: 'assigned',
  seats: { used: 5, total: 10 },
  plan: 'team',
  subscription: 'active',
  stopReason: null,
  paidUntil: null,
  trialEndsAt: null,
  planChangedAt: at - 100 * hour,
  propagation: propagationMs,
  entitlements: entitled({ roles: ['admin', 'member'] }),
  featureStates: content.catalog.features.map(({ slug }) => ({ feature: slug, state: 'on' })),
  unlimitedFeatures: [],
  objectShared: true,
  keyScopes: { holder: 'key', lacks: [] },
  quotas: [
    { meter: 'tokens', used: 120_000, limit: 500_000, resetsAt: reset },
    { meter: 'api-calls', used: 310, limit: 10_000, resetsAt: reset },
  ],
  rates: [{ meter: 'tokens', retryAt: null }],
  credits: [{ meter: 'tokens', remaining: 900, spent: 100, cap: 1_000 }],
};

export const members: Member[] = ['identity', ...accountMembers];

/** Every member has a read time of its own, so that a finding shows which one it rests on. */
export function readTime(member: Member): number {
  return at - members.indexOf(member) * 1_000;
}

/** A snapshot that allows everything, but for the values that differ. Nobody is connected for what has no healthy value. */
export function snapshot(differs: Partial<Values> = {}): Snapshot {
  const values: Values = { ...healthyValues, ...differs };
  const factOf = (member: Member) =>
    member in values
      ? known(values[member], sourceOf(member), readTime(member))
      : unknownFact('not-connected', sourceOf(member), readTime(member));
  const facts = members.map((member) => [member, factOf(member)]);
  return { at, ...(Object.fromEntries(facts) as Omit<Snapshot, 'at'>) };
}

/** The same snapshot, with these members unread. */
export function without(whole: Snapshot, hidden: readonly Member[], why: Unknown['why'] = 'not-told'): Snapshot {
  const facts = hidden.map((member) => [member, unknownFact(why, sourceOf(member), readTime(member))]);
  return { ...whole, ...(Object.fromEntries(facts) as Partial<Snapshot>) };
}

export function sourceOf(member: Member) {
  if (member === 'incidents') return 'status-page';
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
const lately = fc.oneof(instant, fc.integer({ min: at - 20 * minute, max: at + 5 * minute }));
const count = fc.nat(1_000_000);
const capOf = fc.oneof({ weight: 5, arbitrary: count }, { weight: 1, arbitrary: fc.constant(unlimited) });
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const meter = fc.constantFrom('tokens', 'api-calls', 'unheard-of');
const role = fc.constantFrom('admin', 'member', 'viewer');
const anyValues: { readonly [M in Member]: fc.Arbitrary<Values[M]> } = {
  identity: fc.constantFrom('verified', 'anonymous'),
  incidents: fc.array(
    fc.record({
      name: fc.constantFrom('Exports are slow', 'Login is down'),
      features: maybe(fc.subarray(slugs)),
      since: maybe(instant),
      url: fc.constant(null),
    }),
    { maxLength: 2 },
  ),
  membership: fc.constantFrom('member', 'not-in-account', 'account-not-found'),
  session: fc.record({ state: fc.constantFrom('valid', 'expired', 'revoked'), expiresAt: maybe(instant) }),
  otherAccountFeatures: fc.subarray(slugs),
  accountName: fc.string({ minLength: 1 }),
  accountStatus: fc.constantFrom('active', 'suspended', 'closed'),
  pendingActions: fc.subarray([...pendingActions]),
  userStatus: fc.constantFrom('active', 'deactivated'),
  lockout: maybe(fc.record({ until: maybe(lately) })),
  lacksSignIn: fc.subarray([...signInMethods]),
  unconfirmed: fc.subarray([...confirmables]),
  network: fc.constantFrom(...networks),
  role,
  roleChangedAt: maybe(lately),
  seat: fc.constantFrom('assigned', 'none', 'pending'),
  seats: fc.record({ used: fc.nat(9), total: fc.oneof(fc.nat(9), fc.constant(unlimited)) }),
  plan: fc.constantFrom('free', 'starter', 'team', 'business', 'grandfathered'),
  subscription: fc.constantFrom(...subscriptionStatuses),
  stopReason: maybe(fc.constantFrom(...stopReasons)),
  paidUntil: maybe(instant),
  trialEndsAt: maybe(instant),
  planChangedAt: lately,
  propagation: fc.oneof(fc.nat(60 * minute), fc.nat(longestPropagationMs)),
  entitlements: fc.array(
    fc.record({ feature: fc.constantFrom(...slugs), granted: fc.boolean(), roles: maybe(fc.uniqueArray(role)) }),
  ),
  featureStates: fc.array(fc.record({ feature: fc.constantFrom(...slugs), state: fc.constantFrom(...featureStates) })),
  unlimitedFeatures: fc.subarray(slugs, { maxLength: 2 }),
  objectShared: fc.boolean(),
  keyScopes: fc.record({
    holder: fc.constantFrom('key', 'project'),
    lacks: fc.array(fc.record({ feature: fc.constantFrom(...slugs), scope: fc.constantFrom('api:read', 'export') })),
  }),
  quotas: fc.array(
    fc.record(
      {
        meter,
        used: fc.oneof({ weight: 5, arbitrary: count }, { weight: 1, arbitrary: fc.constant(null) }),
        limit: fc.oneof({ weight: 5, arbitrary: count }, { weight: 1, arbitrary: fc.constant(unlimited) }),
        resetsAt: maybe(instant),
        window: fc.constantFrom(...quotaWindows),
      },
      { requiredKeys: ['meter', 'used', 'limit', 'resetsAt'] },
    ),
  ),
  rates: fc.array(fc.record({ meter, retryAt: maybe(lately) })),
  credits: fc.array(fc.record({ meter, remaining: maybe(fc.integer()), spent: maybe(count), cap: maybe(capOf) })),
};

/** The tables that must have every member. */
export const tables = { healthyValues, anyValues };

/** Any snapshot in which everything is known. */
export const anySnapshot = fc.record(anyValues as Record<Member, fc.Arbitrary<never>>).map(snapshot);
export const anyHidden = fc.subarray(members);
export const anyFeature = fc.option(fc.constantFrom(...content.catalog.features), { nil: null });

/** Snapshots near the healthy one: only these few members are anything at all. Whole random ones are never healthy. */
export const nearlyHealthy = fc.tuple(anySnapshot, fc.subarray(members, { maxLength: 3 })).map(([any, differing]) => ({
  ...snapshot(),
  ...(Object.fromEntries(differing.map((member) => [member, any[member]])) as Partial<Snapshot>),
}));
