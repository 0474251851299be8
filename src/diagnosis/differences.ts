import type { Feature } from '../domain/catalog.ts';
import type { AccountMember, Fact, Quota, Snapshot } from '../domain/snapshot.ts';
import type { Value } from '../domain/verdict.ts';

/** A fact that two readings tell differently; `meter`: whose usage it is, `feature`: which one's entitlement. */
export interface Difference {
  readonly fact: 'account' | 'role' | 'seat' | 'plan' | 'entitlement' | 'subscription' | 'usage';
  readonly before: Value;
  readonly after: Value;
  readonly meter?: Value;
  readonly feature?: Value;
}

/**
 * What changed between two readings, as far as both could be made; of entitlements and usage only the feature's where one
 * was named.
 */
export function differencesOf(before: Snapshot, after: Snapshot, feature: Feature | null): Difference[] {
  const plain = (fact: Difference['fact'], member: AccountMember, tell: (value: string) => Value = (one) => one) =>
    differ(fact, textOf(before[member]), textOf(after[member]), tell);
  return [
    ...plain('account', 'accountStatus'),
    ...plain('role', 'role', (role) => ({ role })),
    ...plain('seat', 'seat'),
    ...plain('plan', 'plan', (plan) => ({ plan })),
    ...entitlementsOf(before, after, feature),
    ...plain('subscription', 'subscription', (status) => status.replaceAll('_', ' ')),
    ...usageOf(before, after, feature),
  ];
}

function textOf(fact: Fact<unknown>): string | null {
  return fact.known && typeof fact.value === 'string' ? fact.value : null;
}

function differ(
  fact: Difference['fact'],
  before: string | null,
  after: string | null,
  tell: (value: string) => Value = (one) => one,
): Difference[] {
  return before === null || after === null || before === after
    ? []
    : [{ fact, before: tell(before), after: tell(after) }];
}

function entitlementsOf(before: Snapshot, after: Snapshot, feature: Feature | null): Difference[] {
  if (!before.entitlements.known || !after.entitlements.known) return [];
  const inWords = (granted: boolean | undefined) => (granted ? 'granted' : granted === false ? 'not granted' : null);
  const earlier = new Map(before.entitlements.value.map((one) => [one.feature, one.granted]));
  return after.entitlements.value
    .filter((one) => !feature || one.feature === feature.slug)
    .flatMap((one) =>
      differ('entitlement', inWords(earlier.get(one.feature)), inWords(one.granted)).map((it) => ({
        ...it,
        feature: { feature: one.feature },
      })),
    );
}

function usageOf(before: Snapshot, after: Snapshot, feature: Feature | null): Difference[] {
  if (!before.quotas.known || !after.quotas.known) return [];
  const earlier = byWindow(before.quotas.value);
  return [...byWindow(after.quotas.value)].flatMap(([key, { meter, used }]) => {
    const was = earlier.get(key)?.used ?? null;
    const counts = !feature || feature.meters.includes(meter);
    return !counts || was === null || used === null || was === used
      ? []
      : [{ fact: 'usage' as const, before: was, after: used, meter: { meter } }];
  });
}

/** A meter may have several windows, and several of one length. */
function byWindow(quotas: readonly Quota[]): ReadonlyMap<string, Quota> {
  const groups = Map.groupBy(quotas, ({ meter, window = 'month' }) => JSON.stringify([window, meter]));
  return new Map([...groups].flatMap(([key, same]) => same.map((quota, nth) => [`${nth} ${key}`, quota] as const)));
}
