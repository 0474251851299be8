import type { Feature } from '../domain/catalog.ts';
import type { AccountMember, Fact, Snapshot } from '../domain/snapshot.ts';
import type { Value } from '../domain/verdict.ts';

/** A fact that two readings tell differently; `meter`: whose usage it is. */
export interface Difference {
  readonly fact: 'account' | 'role' | 'seat' | 'plan' | 'entitlement' | 'subscription' | 'usage';
  readonly before: Value;
  readonly after: Value;
  readonly meter?: Value;
}

/** What changed between two readings, as far as both could be made; of entitlements and usage only the feature's. */
export function differencesOf(before: Snapshot, after: Snapshot, feature: Feature | null): Difference[] {
  const plain = (fact: Difference['fact'], member: AccountMember, tell: (value: string) => Value = (one) => one) =>
    differ(fact, textOf(before[member]), textOf(after[member]), tell);
  const granted = (one: Snapshot) =>
    one.entitlements.known && one.entitlements.value.find((it) => it.feature === feature?.slug)?.granted;
  const inWords = (one: Snapshot) =>
    granted(one) === true ? 'granted' : granted(one) === false ? 'not granted' : null;
  return [
    ...plain('account', 'accountStatus'),
    ...plain('role', 'role'),
    ...plain('seat', 'seat'),
    ...plain('plan', 'plan', (plan) => ({ plan })),
    ...(feature ? differ('entitlement', inWords(before), inWords(after)) : []),
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

function usageOf(before: Snapshot, after: Snapshot, feature: Feature | null): Difference[] {
  if (!before.quotas.known || !after.quotas.known) return [];
  const earlier = new Map(before.quotas.value.map(({ meter, used }) => [meter, used]));
  return after.quotas.value.flatMap(({ meter, used }) => {
    const was = earlier.get(meter);
    const counts = !feature || feature.meters.includes(meter);
    return !counts || was === undefined || was === used
      ? []
      : [{ fact: 'usage' as const, before: was, after: used, meter: { meter } }];
  });
}
