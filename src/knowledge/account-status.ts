import type { Instant } from '../domain/instant.ts';
import { arrivesAt, propagationOf } from '../domain/propagation.ts';
import { clockSkewMs, type Fact, type Snapshot } from '../domain/snapshot.ts';
import { andList, spanInWords, utcOnce } from './in-words.ts';
import type { Teller } from './teller.ts';

/**
 * What an account says of itself without a feature: plan and role with their last changes, subscription, seat; each only where
 * it was read. Null: none was.
 */
export function accountStatusInWords(snapshot: Snapshot, teller: Teller): string | null {
  const { plan, planChangedAt, role, roleChangedAt, subscription, seat } = snapshot;
  const told = [
    ...ifRead(plan, (value) => changing('plan', { plan: { plan: value } }, planChangedAt, snapshot, teller)),
    ...ifRead(subscription, (value) => billing(value, snapshot, teller)),
    ...ifRead(role, (value) => changing('role', { role: { role: value } }, roleChangedAt, snapshot, teller)),
    ...ifRead(seat, (value) => teller.line(`status-seat-${value}`)),
  ];
  if (told.length === 0) return null;
  const read = readTimes([plan, subscription, role, seat]).map(([source, at]) =>
    teller.line('read-source', { source: teller.line(`source-${source}`), readAt: { at } }),
  );
  return utcOnce(`${told.join(' ')}\n\n${teller.line('read-from', { sources: andList(read) })}`);
}

/** The subscription's status; of a canceled one that was paid ahead, until when. */
function billing(status: string, { at, paidUntil }: Snapshot, { line }: Teller): string {
  const until = status === 'canceled' && paidUntil.known ? paidUntil.value : null;
  const facts = { status: status.replaceAll('_', ' ') };
  if (until === null || until <= at) return line('status-subscription', facts);
  return line('status-subscription-until', { ...facts, paidUntil: { at: until } });
}

/** A value with its last change: how long ago and, while it may not be everywhere, until when that can take. */
function changing(
  what: 'plan' | 'role',
  value: Readonly<Record<string, { readonly plan: string } | { readonly role: string }>>,
  changedAt: Fact<Instant | null>,
  snapshot: Snapshot,
  { line }: Teller,
): string {
  const { at } = snapshot;
  const changed = changedAt.known ? changedAt.value : null;
  if (changed === null) return line(`status-${what}`, value);
  if (changed > at + clockSkewMs) return line(`status-${what}-announced`, { ...value, changesAt: { at: changed } });
  const facts = { ...value, ago: spanInWords(Math.max(0, at - changed)) };
  const until = arrivesAt(changed, propagationOf(snapshot));
  if (until <= at) return line(`status-${what}-old`, facts);
  return line(`status-${what}-recent`, { ...facts, changedAt: { clock: changed }, until: { clock: until } });
}

function ifRead<T>(fact: Fact<T>, tell: (value: T) => string): string[] {
  return fact.known ? [tell(fact.value)] : [];
}

/** One time for each source that told something: the earliest. */
function readTimes(facts: readonly Fact<unknown>[]): [Fact<unknown>['source'], Instant][] {
  const times = new Map<Fact<unknown>['source'], Instant>();
  for (const { known, source, readAt } of facts)
    if (known) times.set(source, Math.min(readAt, times.get(source) ?? readAt));
  return [...times];
}
