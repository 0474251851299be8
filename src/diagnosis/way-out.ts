import type { Plan } from '../domain/catalog.ts';
import type { Confirmable, PendingAction, SignInMethod, Snapshot } from '../domain/snapshot.ts';
import type { CauseSlug, Change, Finding, Remedy, Value } from '../domain/verdict.ts';
import type { DiagnosisContext } from './cause.ts';

/** The fewest changes that remove everything that is proved, in the order of the findings. Pure. */
export function wayOut(findings: readonly Finding[], snapshot: Snapshot, about: DiagnosisContext): readonly Remedy[] {
  const proved = findings.filter(({ status }) => status === 'proved');
  if (proved.length === 0) return [];
  const isElsewhere = proved.some(({ cause }) => cause === 'wrong-account');
  const shared = isElsewhere ? [otherSignIn(proved)] : [...ofPlan(proved, snapshot, about), ...ofSignIn(proved)];
  const removed = shared.flatMap(({ removes }) => removes);
  const single = untilTheLast(proved.filter(({ cause }) => !removed.includes(cause)).map((one) => remedyOf(one)));
  const order = proved.map(({ cause }) => cause);
  const place = ({ removes }: Remedy) => Math.min(...removes.map((cause) => order.indexOf(cause)));
  return [...shared, ...single].reduce(join, []).toSorted((a, b) => place(a) - place(b));
}

/** Whoever has to wait anyway waits for whatever ends before that, too. */
function untilTheLast(remedies: readonly Remedy[]): readonly Remedy[] {
  const last = Math.max(0, ...remedies.map(({ change, or }) => (or ? 0 : untilOf(change))));
  return remedies.map((one) => (one.or && untilOf(one.or) <= last ? { change: one.or, removes: one.removes } : one));
}

/** What blocks this account, its person or its sign-in does not block the other one. */
function otherSignIn(proved: readonly Finding[]): Remedy {
  return { change: { kind: 'other-sign-in' }, removes: slugsOf(proved).filter((cause) => cause !== 'incident') };
}

/** A sign-in with what the policy asks for is a new sign-in, too. */
function ofSignIn(proved: readonly Finding[]): Remedy[] {
  const ended = proved.filter(({ cause, variant }) => cause === 'not-identified' && isSignedOut(variant));
  const required = proved.filter(({ cause }) => cause === 'sign-in-method-required');
  return ended.length > 0 ? required.map((one) => remedyOf(one, ended)) : [];
}

function isSignedOut(variant: string): boolean {
  return variant === 'no-identity' || variant.startsWith('session-');
}

/** What one change of plan removes together, or the payment of the plan there is. */
function ofPlan(proved: readonly Finding[], { plan }: Snapshot, { feature, catalog }: DiagnosisContext): Remedy[] {
  const find = (slug: CauseSlug) => proved.filter(({ cause }) => cause === slug);
  const [lacks, trial] = [find('plan-lacks-feature'), find('trial-ended')];
  const [billing, limit] = [find('payment-lapsed'), find('monthly-limit')];
  const placeOf = (slug: string | null) => catalog.plans.findIndex((one) => one.slug === slug);
  const current = plan.known ? placeOf(plan.value) : -1;
  const firstFrom = (place: number) =>
    catalog.plans.findIndex((one, i) => i >= place && limit.every((it) => isEnough(one, i, current, it)));
  const ended = billing.filter(({ variant }) => variant === 'canceled' || variant === 'incomplete_expired');
  const isNew = trial.length + ended.length > 0;
  const lowest = Math.max(-1, ...lacks.map(({ facts }) => placeOf(planIn(facts.lowestPlan))));
  if (isNew || lowest > current) {
    const paid = isNew ? Math.max(1, placeOf(feature?.lowestPlan ?? null), ended.length > 0 ? current : 0) : 0;
    const from = Math.min(Math.max(paid, lowest), catalog.plans.length - 1);
    const best = firstFrom(from);
    const removes = slugsOf([...lacks, ...(best < 0 ? [] : limit), ...ended, ...trial]);
    const slug = catalog.plans[best < 0 ? from : best]?.slug ?? '';
    return [{ change: { kind: isNew ? 'choose-plan' : 'upgrade', plan: slug }, removes }];
  }
  const upgrade = current < 0 ? undefined : catalog.plans[firstFrom(current + 1)];
  return [
    // The plan has the feature: what takes it away is a missing payment or, where none is missing, something of ours.
    ...billing.slice(0, lacks.length).map((one) => remedyOf(one, lacks)),
    ...(upgrade ? limit.map((one) => upgradeFor(one, upgrade)) : []),
  ];
}

/** Waiting for the reset would do as well, where there is one. */
function upgradeFor(limit: Finding, { slug }: Plan): Remedy {
  const { change: wait, removes } = remedyOf(limit);
  const change = { kind: 'upgrade', plan: slug } as const;
  return wait.kind === 'wait' ? { change, removes, or: wait } : { change, removes };
}

/** Whether a plan's month holds more than was used; where the catalog does not tell, a higher plan's does. */
function isEnough({ limits }: Plan, place: number, current: number, { facts, variant }: Finding): boolean {
  const { used } = facts;
  // The catalog's limits are those of a month.
  const told = metersIn(facts).map((meter) => (isOfMonth(facts.window) ? limits?.[meter] : undefined));
  // Who has none used none; of several meters, how much of each was used is not told.
  const isOther = variant === 'not-included' ? place !== current : place > current;
  const isMore = (limit: number) => (used === undefined ? isOther && limit > 0 : limit > Number(used));
  return told.every((limit) => (limit === undefined ? current >= 0 && place > current : isMore(limit)));
}

function isOfMonth(window: Value | undefined): boolean {
  return typeof window !== 'object' || !('window' in window) || window.window === 'month';
}

/** By the variant of a lapsed payment; whoever is canceled needs another subscription (`ofPlan`). */
const payments: Readonly<Record<string, 'resume' | 'pay-and-resume'>> = {
  paused: 'resume',
  'paused-on-request': 'resume',
  'paused-unpaid': 'pay-and-resume',
};

/** What removes one cause; what is not here, our team does. */
const changes: Readonly<Record<CauseSlug, (finding: Finding) => Change>> = {
  incident: () => ({ kind: 'wait', for: 'incident', until: null }),
  'not-identified': ({ variant }) => ({ kind: variant === 'not-in-account' ? 'invitation' : 'sign-in' }),
  'terms-not-accepted': ({ variant }) => ({ kind: 'accept', what: variant as PendingAction }),
  'user-deactivated': () => ({ kind: 'reactivation' }),
  'locked-out': () => ({ kind: 'password-reset' }),
  'sign-in-method-required': ({ variant }) => ({ kind: 'sign-in-with', what: variant as SignInMethod }),
  'not-verified': ({ variant }) => ({ kind: 'confirm', what: variant as Confirmable }),
  'network-blocked': () => ({ kind: 'network' }),
  'feature-not-enabled': ({ variant }) => ({ kind: variant === 'off' ? 'switch-on' : 'set-up' }),
  'not-shared-with-you': () => ({ kind: 'share' }),
  'key-lacks-scope': ({ facts }) => ({ kind: 'scopes', scopes: textIn(facts.scopes) }),
  'role-lacks-permission': ({ facts }) => ({ kind: 'role', roles: rolesIn(facts.roles) }),
  'no-seat': ({ variant }) => ({ kind: variant === 'pool-full' ? 'free-seat' : 'seat' }),
  // What the plan does not include comes with no reset.
  'monthly-limit': ({ facts, variant }) =>
    variant === 'not-included' || variant === 'several-not-included'
      ? { kind: 'more-included' }
      : { kind: 'wait', for: 'reset', until: instantIn(facts.resetsAt) },
  'rate-limited': ({ facts }) => ({ kind: 'wait', for: 'pace', until: instantIn(facts.retryAt) }),
  'credit-exhausted': ({ variant }) => ({ kind: variant === 'cap-reached' ? 'spending-cap' : 'credit' }),
  'payment-lapsed': ({ variant }) => ({ kind: payments[variant] ?? 'pay' }),
  'still-propagating': ({ facts }) => ({ kind: 'wait', for: 'arrival', until: instantIn(facts.allowedAt) }),
};

function remedyOf(finding: Finding, others: readonly Finding[] = []): Remedy {
  const change = changes[finding.cause]?.(finding) ?? { kind: 'our-team' };
  const remedy = { change, removes: slugsOf([finding, ...others]) };
  const until = finding.cause === 'locked-out' ? instantIn(finding.facts.until) : null;
  return until === null ? remedy : { ...remedy, or: { kind: 'wait', for: 'unlock', until } };
}

/** Two things for our team are one, and so are two times to wait for: the later one. */
function join(before: readonly Remedy[], next: Remedy): readonly Remedy[] {
  const same = before.find(({ change, or }) => !or && !next.or && areOne(change, next.change));
  if (!same) return [...before, next];
  const change = untilOf(next.change) > untilOf(same.change) ? next.change : same.change;
  return [...before.filter((one) => one !== same), { change, removes: [...same.removes, ...next.removes] }];
}

function areOne(one: Change, other: Change): boolean {
  if (one.kind === 'our-team') return other.kind === 'our-team';
  return untilOf(one) > 0 && untilOf(other) > 0;
}

function untilOf(change: Change): number {
  return change.kind === 'wait' ? (change.until ?? 0) : 0;
}

function slugsOf(findings: readonly Finding[]): CauseSlug[] {
  return findings.map(({ cause }) => cause);
}

function metersIn({ meter, meters }: Finding['facts']): readonly string[] {
  if (typeof meters === 'object' && 'meters' in meters) return meters.meters;
  return typeof meter === 'object' && 'meter' in meter ? [meter.meter] : [];
}

function planIn(value: Value | undefined): string | null {
  return typeof value === 'object' && 'plan' in value ? value.plan : null;
}

function textIn(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function rolesIn(value: Value | undefined): readonly string[] {
  return typeof value === 'object' && 'roles' in value ? value.roles : [];
}

function instantIn(value: Value | undefined): number | null {
  return typeof value === 'object' && 'at' in value ? value.at : null;
}
