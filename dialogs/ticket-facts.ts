import type { Credit, Entitlement, Fact, Quota, Rate, Snapshot } from '../src/domain/snapshot.ts';
import { isLimited, unlimited } from '../src/domain/usage.ts';
import type { TicketFact } from '../src/domain/ticket.ts';
import type { CauseSlug } from '../src/domain/verdict.ts';
import type { Words } from '../src/knowledge/wording.ts';

/** What a fact is told with; `feature`: the one in question. */
interface Telling {
  readonly words: Words;
  readonly feature: string | null;
  readonly snapshot: Snapshot;
}

/** A cause, and what of the account it rests on, as short texts: none, there is nothing of it; null, that could not be read. */
interface FactRow {
  readonly cause: CauseSlug;
  readonly fact: (snapshot: Snapshot) => Fact<unknown>;
  readonly tell: (telling: Telling) => readonly string[] | null;
}

/** A row of one fact. */
function row<T>(
  cause: CauseSlug,
  fact: (snapshot: Snapshot) => Fact<T>,
  tell: (value: T, telling: Telling) => readonly string[],
): FactRow {
  return {
    cause,
    fact,
    tell(telling) {
      const read = fact(telling.snapshot);
      return read.known ? tell(read.value, telling) : null;
    },
  };
}

/** What agents read of an account, in the order of the causes. A cause without a row is told by its sentence. */
const rows: readonly FactRow[] = [
  row('plan-lacks-feature', ({ plan }) => plan, tellPlan),
  row('monthly-limit', ({ quotas }) => quotas, tellQuotas),
  row(
    'rate-limited',
    ({ rates }) => rates,
    (list, { words }) => list.map((one) => tellRate(one, words)),
  ),
  row(
    'credit-exhausted',
    ({ credits }) => credits,
    (list, { words }) => list.flatMap((one) => tellCredit(one, words)),
  ),
  row('role-lacks-permission', ({ role }) => role, tellRole),
  row('no-seat', ({ seat }) => seat, tellSeat),
  row('payment-lapsed', ({ subscription }) => subscription, tellBilling),
  row(
    'trial-ended',
    ({ trialEndsAt }) => trialEndsAt,
    (at, { words, snapshot }) => {
      if (at === null) return [];
      return [words.line(at <= snapshot.at ? 'fact-ended' : 'fact-ends', { at: { at } })];
    },
  ),
  row(
    'account-suspended',
    ({ accountStatus }) => accountStatus,
    (status) => [status],
  ),
  row('not-identified', ({ membership }) => membership, tellMembership),
  row('still-propagating', ({ planChangedAt }) => planChangedAt, tellChanges),
  row(
    'incident',
    ({ incidents }) => incidents,
    (list) => list.map(({ name }) => name),
  ),
  row(
    'wrong-account',
    ({ otherAccountFeatures }) => otherAccountFeatures,
    (features, { words }) =>
      features.length === 0 ? [] : [words.line('fact-other-sign-in', { features: { features } })],
  ),
];

/** What was read of an account, by the causes it bears on; what no source tells is left out. */
export function ticketFacts(snapshot: Snapshot, feature: string | null, words: Words): TicketFact[] {
  const telling = { words, feature, snapshot };
  return rows.flatMap(({ cause, fact, tell }): TicketFact[] => {
    const read = fact(snapshot);
    if (!read.known && read.why === 'not-connected') return [];
    const told = tell(telling);
    const about = { name: words.causeLabel(cause), source: read.source, readAt: read.readAt, cause };
    if (told === null) return [{ ...about, value: null }];
    if (told.length === 0) return [{ ...about, value: words.line('fact-none'), none: true }];
    return told.map((value) => ({ ...about, value }));
  });
}

function tellPlan(plan: string, { words, feature, snapshot: { entitlements } }: Telling): string[] {
  const name = words.value({ plan });
  return entitlements.known ? [name, tellEntitlement(entitlements.value, feature, words)].map(String) : [name];
}

/** The entitlement to the feature in question; without one, what the account has no entitlement to. */
function tellEntitlement(list: readonly Entitlement[], feature: string | null, words: Words): string {
  const asked = list.find((one) => one.feature === feature);
  if (asked) return words.line(asked.granted ? 'fact-granted' : 'fact-not-granted', { feature: { feature } });
  const missing = list.filter((one) => !one.granted).map((one) => words.value({ feature: one.feature }));
  return missing.length === 0
    ? words.line('fact-all-granted')
    : words.line('fact-missing', { features: missing.join(', ') });
}

/** A reset that all meters share is told once. */
function tellQuotas(list: readonly Quota[], { words }: Telling): string[] {
  const [shared = null, ...others] = new Set(list.map(({ resetsAt }) => resetsAt));
  const isShared = shared !== null && others.length === 0;
  const told = list.map((quota) => tellQuota(quota, isShared, words));
  return isShared ? [...told, words.line('fact-resets', { at: { at: shared } })] : told;
}

/** The window stands there where the meter does not count by the month. */
function tellQuota(quota: Quota, isShared: boolean, words: Words): string {
  const { resetsAt, window = 'month' } = quota;
  const meter = { meter: quota.meter };
  if (!isLimited(quota)) return words.line('fact-quota-unlimited', { meter });
  const facts = { meter, used: quota.used, limit: quota.limit };
  const told =
    isShared || resetsAt === null
      ? words.line('fact-quota', facts)
      : words.line('fact-quota-reset', { ...facts, resetsAt: { at: resetsAt } });
  return window === 'month' ? told : words.line('fact-quota-window', { window: { window }, quota: told });
}

function tellRate({ meter, retryAt }: Rate, words: Words): string {
  const named = { meter: { meter } };
  if (retryAt === null) return words.line('fact-rate-open', named);
  return words.line('fact-rate-reached', { ...named, retryAt: { at: Math.ceil(retryAt / 60_000) * 60_000 } });
}

function tellCredit({ meter, remaining, spent, cap }: Credit, words: Words): string[] {
  const named = { meter: { meter } };
  return [
    ...(remaining === null ? [] : [words.line('fact-credit-left', { ...named, remaining })]),
    ...(cap === unlimited ? [words.line('fact-credit-uncapped', named)] : []),
    ...(spent === null || typeof cap !== 'number' ? [] : [words.line('fact-credit-spent', { ...named, spent, cap })]),
  ];
}

function tellBilling(status: string, { words, snapshot: { paidUntil } }: Telling): string[] {
  const until = status === 'canceled' && paidUntil.known ? paidUntil.value : null;
  return until === null ? [status] : [status, words.line('fact-paid-until', { at: { at: until } })];
}

function tellRole(role: string, { words, feature, snapshot: { entitlements } }: Telling): string[] {
  const name = words.value({ role });
  const asked = entitlements.known ? entitlements.value.find((one) => one.feature === feature) : undefined;
  if (!asked || asked.roles?.length === 0) return [name];
  const about = { feature: { feature } };
  const needs =
    asked.roles === null
      ? words.line('fact-any-role', about)
      : words.line('fact-role-needs', { ...about, roles: { roles: asked.roles } });
  return [name, needs];
}

function tellSeat(seat: string, { words, snapshot: { seats } }: Telling): string[] {
  if (!seats.known) return [seat];
  const { used: taken, total: places } = seats.value;
  if (places === unlimited) return [seat, words.line('fact-seats-unlimited', { taken })];
  return [seat, words.line('fact-seats', { taken, places })];
}

function tellMembership(membership: string, { words, snapshot: { session, at: now } }: Telling): string[] {
  if (!session.known) return [membership];
  const { state, expiresAt: at } = session.value;
  if (at === null) return [membership, words.line('fact-session', { state })];
  return [membership, words.line(at > now ? 'fact-session-until' : 'fact-session-ended', { state, at: { at } })];
}

function tellChanges(planAt: number, { words, snapshot: { roleChangedAt: role } }: Telling): string[] {
  const plan = words.line('fact-plan-changed', { at: { at: planAt } });
  if (!role.known) return [plan];
  const at = role.value;
  return [plan, at === null ? words.line('fact-role-unchanged') : words.line('fact-role-changed', { at: { at } })];
}
