import { absences, absenceWords } from '../../accounts/absences.ts';
import { accountApiMembers, memberReaders } from '../../accounts/account-api-facts.ts';
import { pathInWords } from '../../accounts/issue-words.ts';
import type { Instant } from '../../domain/instant.ts';
import { accountMembers, type AccountMember, type Snapshot } from '../../domain/snapshot.ts';
import { unlimited, type Credit, type Quota, type Rate } from '../../domain/usage.ts';
import { numberInWords, timeInWords } from '../../knowledge/in-words.ts';
import { row, wrap } from './lines.ts';
import type { Watched } from './watch.ts';

type ValueOf<M extends AccountMember> = Extract<Snapshot[M], { known: true }>['value'];

/** When something is, or another word where that is not told. */
const when = (at: Instant | null, otherwise: string) => (at === null ? otherwise : timeInWords(at));
const all = (list: readonly string[], none = 'none') => (list.length === 0 ? none : list.join(', '));
const some = (list: readonly string[]) => (list.length === 0 ? ['none'] : list);

/** What is told otherwise than as the text that it is, a line for each part. */
const told: { readonly [M in AccountMember]?: (value: ValueOf<M>) => readonly string[] } = {
  incidents: (list) => some(list.map(({ name, features }) => `${name} (${all(features ?? [], 'any feature')})`)),
  session: ({ state, expiresAt }) => [expiresAt === null ? state : `${state}, until ${when(expiresAt, '')}`],
  otherAccountFeatures: (list) => [all(list)],
  pendingActions: (list) => [all(list)],
  lockout: (lockout) => [lockout === null ? 'no' : `until ${when(lockout.until, 'a new password is set')}`],
  lacksSignIn: (list) => [all(list, 'nothing')],
  unconfirmed: (list) => [all(list, 'nothing')],
  roleChangedAt: (at) => [when(at, 'never')],
  seats: ({ used, total }) => [`${numberInWords(used)} of ${amount(total)}`],
  stopReason: (reason) => [reason ?? 'none'],
  paidUntil: (at) => [when(at, 'not beyond its end')],
  trialEndsAt: (at) => [when(at, 'no trial')],
  planChangedAt: (at) => [when(at, '')],
  propagation: (ms) => [`${numberInWords(ms / 1_000)} s`],
  entitlements: (list) => [
    `granted: ${all(list.filter(({ granted }) => granted).map(({ feature, roles }) => feature + inRoles(roles)))}`,
    `not granted: ${all(list.filter(({ granted }) => !granted).map(({ feature }) => feature))}`,
  ],
  featureStates: (list) => [all(list.map(({ feature, state }) => `${feature} ${state}`))],
  unlimitedFeatures: (list) => [all(list)],
  objectShared: (shared) => [shared ? 'yes' : 'no'],
  keyScopes: ({ holder, lacks }) => [
    `${holder} lacks ${all(
      lacks.map(({ scope }) => scope),
      'nothing',
    )}`,
  ],
  quotas: (list) => some(list.map(ofQuota)),
  rates: (list) => some(list.map(ofRate)),
  credits: (list) => some(list.map(ofCredit)),
};

function amount(limit: number | typeof unlimited): string {
  return limit === unlimited ? 'no limit' : numberInWords(limit);
}

function inRoles(roles: readonly string[] | null): string {
  return roles === null ? '' : ` (${all(roles, 'no role')})`;
}

function ofQuota({ meter, used, limit, resetsAt, window = 'month' }: Quota): string {
  const counted = used === null ? [] : [`${numberInWords(used)} used`];
  if (limit === unlimited) return `${meter}: ${[...counted, 'no limit'].join(', ')}`;
  const resets = resetsAt === null ? '' : `, resets ${timeInWords(resetsAt)}`;
  return `${meter}: ${numberInWords(used ?? 0)} of ${numberInWords(limit)} a ${window}${resets}`;
}

function ofRate({ meter, retryAt }: Rate): string {
  return `${meter}: ${retryAt === null ? 'open' : `reached until ${timeInWords(retryAt)}`}`;
}

function ofCredit({ meter, remaining, spent, cap }: Credit): string {
  const parts = [
    ...(remaining === null ? [] : [`${numberInWords(remaining)} left`]),
    ...(spent === null ? [] : [`${numberInWords(spent)} spent`]),
    ...(cap === null ? [] : [`cap ${amount(cap)}`]),
  ];
  return `${meter}: ${all(parts, 'says nothing')}`;
}

/** A snapshot in words: each fact with its value, or why there is none; what nobody tells stands in one line. */
export function factLines(snapshot: Snapshot, watched: readonly Watched[]): string[] {
  const isThere = isMember(snapshot);
  const off = accountMembers.filter((member) => is(snapshot, member, 'not-connected'));
  const rows = accountMembers
    .filter((member) => !off.includes(member) && (isThere || snapshot[member].known))
    .flatMap((member) => row(...rowOf(member, snapshot, watched)));
  return [
    ...rows,
    ...(off.length === 0 || !isThere ? [] : ['', ...wrap(`Nobody tells, so nobody misses: ${off.join(', ')}.`)]),
  ];
}

/** Whether the account API knows the customer, as far as it was read. */
export function isMember({ membership }: Snapshot): boolean {
  return !membership.known || membership.value === 'member';
}

/** How many facts there are of each kind, in a few words. */
export function factCount(snapshot: Snapshot): string {
  const count = (has: (member: AccountMember) => boolean) => accountMembers.filter(has).length;
  const known = count((member) => snapshot[member].known);
  const off = count((member) => is(snapshot, member, 'not-connected'));
  if (!isMember(snapshot)) return `${known} known: nothing is told of who is not there`;
  return `${known} known, ${accountMembers.length - known - off} missing, ${off} off the list`;
}

function is(snapshot: Snapshot, member: AccountMember, why: string): boolean {
  const fact = snapshot[member];
  return !fact.known && fact.why === why;
}

function rowOf(
  member: AccountMember,
  snapshot: Snapshot,
  watched: readonly Watched[],
): [mark: string, name: string, text: readonly string[]] {
  const fact = snapshot[member];
  if (fact.known) {
    const tell = told[member] as ((value: unknown) => readonly string[]) | undefined;
    return ['✓', member, tell ? tell(fact.value) : [fact.value as string]];
  }
  if (fact.why === 'not-read') return ['?', member, [`not read, for ${fact.source} failed`]];
  const path = (accountApiMembers as readonly string[]).includes(member)
    ? pathInWords(memberReaders[member as (typeof accountApiMembers)[number]].path)
    : '';
  const doubt = watched.flatMap(({ doubts }) => doubts).find((one) => concerns(one.path, path));
  if (doubt) return ['?', member, [`not as agreed: ${doubt.path} ${doubt.why}`]];
  const word = absenceOf(member);
  return ['?', member, [`not told: ${path}${word ? `, or hasNo: ${word}` : ''}`]];
}

/** The word that says of this member, and of the fewest others, that the company has nothing of it. */
function absenceOf(member: AccountMember): string | undefined {
  const words = absenceWords.filter((word) => (absences[word] as readonly string[]).includes(member));
  return words.toSorted((a, b) => absences[a].length - absences[b].length)[0];
}

/** Whether what is doubtful is a member, stands in it, or holds it. */
function concerns(doubtful: string, path: string): boolean {
  const within = (inner: string, outer: string) =>
    inner.startsWith(outer) && /^(?:$|[.[])/.test(inner.slice(outer.length));
  return path !== '' && (within(doubtful, path) || within(path, doubtful));
}
