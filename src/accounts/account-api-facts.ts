import { z } from 'zod';
import type { AccountFacts, AccountMember, Credit, Fact, Quota, Rate } from '../domain/snapshot.ts';
import { unknownFact } from '../domain/snapshot.ts';
import { absencesIn, membersOf } from './absences.ts';
import { schemas, type Usage } from './account-api-schema.ts';
import { reader, valueAt, type Asked, type MemberReader } from './member-reader.ts';

const same = <T>(value: T) => value;
/** Told as it is, or missed. */
const as = <T>(path: readonly string[], schema: z.ZodType<T>) => reader(path, schema, { take: same });
/** Told as it is, by some companies. */
const rarely = <T>(path: readonly string[], schema: z.ZodType<T>) => reader(path, schema, { take: same, rarely: true });

/** Where the answer tells each member, and in which form. */
const readers = {
  membership: reader([], z.unknown(), { take: () => 'member' as const }),
  accountName: as(['account', 'name'], schemas.name),
  accountStatus: as(['account', 'status'], schemas.accountStatus),
  role: as(['user', 'role'], schemas.name),
  pendingActions: rarely(['account', 'pendingActions'], schemas.pendingActions),
  userStatus: rarely(['user', 'status'], schemas.userStatus),
  lockout: rarely(['user', 'lockout'], schemas.lockout),
  unconfirmed: rarely(['user', 'unconfirmed'], schemas.unconfirmed),
  lacksSignIn: rarely(['user', 'session', 'lacks'], schemas.lacksSignIn),
  network: rarely(['user', 'session', 'network'], schemas.network),
  roleChangedAt: rarely(['user', 'roleChangedAt'], schemas.momentOrNull),
  seat: as(['user', 'seat'], schemas.seat),
  seats: as(['seats'], schemas.seats),
  session: reader(['user', 'session'], schemas.session, {
    take: ({ state, expiresAt = null }) => ({ state, expiresAt }),
  }),
  otherAccountFeatures: rarely(['user', 'elsewhere'], schemas.names),
  plan: as(['subscription', 'plan'], schemas.name),
  subscription: as(['subscription', 'status'], schemas.subscription),
  stopReason: rarely(['subscription', 'stopReason'], schemas.stopReason),
  paidUntil: rarely(['subscription', 'paidUntil'], schemas.momentOrNull),
  trialEndsAt: as(['subscription', 'trialEndsAt'], schemas.momentOrNull),
  planChangedAt: as(['subscription', 'changedAt'], schemas.moment),
  propagation: reader(['propagationSeconds'], schemas.propagationSeconds, {
    rarely: true,
    take: (seconds) => seconds * 1_000,
  }),
  entitlements: reader(['entitlements'], schemas.entitlements, {
    take: (all) => all.map(({ feature, granted, roles = null }) => ({ feature, granted, roles })),
  }),
  featureStates: reader(['entitlements'], schemas.states, {
    rarely: true,
    below: ['state'],
    take: (all) => all.flatMap(({ feature, state }) => (state ? [{ feature, state }] : [])),
  }),
  unlimitedFeatures: reader(['entitlements'], schemas.unlimited, {
    rarely: true,
    below: ['unlimited'],
    take: (all) => all.flatMap(({ feature, unlimited }) => (unlimited ? [feature] : [])),
  }),
  objectShared: reader(['object'], schemas.object, {
    rarely: true,
    isAsked: ({ object }) => object !== undefined,
    take: ({ id, shared }, { object }) => (id === object ? shared : undefined),
  }),
  keyScopes: reader(['key'], schemas.key, {
    rarely: true,
    take: ({ kind, lacks }) => ({ holder: kind, lacks }),
  }),
  quotas: reader(['usage'], schemas.quotas, { isAbsent: hasNone('quota'), take: (all) => all.flatMap(toQuota) }),
  rates: reader(['usage'], schemas.rates, {
    isAbsent: hasNone('rate'),
    take: (all, { at }) => all.flatMap((one) => toRate(one, at)),
  }),
  credits: reader(['usage'], schemas.credits, { isAbsent: hasNone('credit'), take: (all) => all.flatMap(toCredit) }),
} satisfies { readonly [M in AccountMember]?: { read(answer: unknown, asked: Asked): AccountFacts[M] } };

type Member = keyof typeof readers;

/** What rests on rules that only some companies have. */
export const seldomTold = [
  'pendingActions',
  'userStatus',
  'lockout',
  'lacksSignIn',
  'unconfirmed',
  'network',
  'paidUntil',
  'propagation',
  'featureStates',
  'unlimitedFeatures',
  'objectShared',
  'keyScopes',
] as const satisfies readonly Member[];

/** The members that the account API tells. */
export const accountApiMembers = Object.keys(readers) as readonly Member[];

/** How each of them is read. */
export const memberReaders: Readonly<Record<Member, MemberReader<unknown>>> = readers;

/**
 * The facts of a 200 answer. A member that is absent or malformed is unknown, and the others stand; what the company says that
 * it has nothing of, nobody misses.
 */
export function factsOf(answer: unknown, asked: Omit<Asked, 'hasNo'> & Partial<Asked>): Pick<AccountFacts, Member> {
  const hasNo = new Set<string>([...(asked.hasNo ?? []), ...membersOf(absencesIn(answer))]);
  const facts = accountApiMembers.map((member) => [member, factOf(member, answer, { ...asked, hasNo })]);
  return Object.fromEntries(facts) as Pick<AccountFacts, Member>;
}

function factOf(member: Member, answer: unknown, asked: Asked): Fact<unknown> {
  const one = memberReaders[member];
  const fact = one.read(answer, asked);
  if (fact.known && !(asked.hasNo.has(member) && one.isAbsent(answer))) return fact;
  const isMissed = !asked.hasNo.has(member) || !(one.isAbsent(answer) || isNull(answer, one.path));
  return isMissed ? fact : unknownFact('not-connected', 'account-api', asked.at);
}

/** Who has none of something may say so once more. */
function isNull(answer: unknown, path: readonly string[]): boolean {
  return valueAt(answer, path) === null;
}

const identified = z.object({
  account: z.object({ id: z.string() }),
  user: z.object({ id: z.unknown() }).optional().catch(undefined),
});

/** Whether the answer is about the account and user that were asked for; if not, none of it may be used. */
export function isAbout(answer: unknown, accountId: string, userId: string): boolean {
  const checked = identified.safeParse(answer);
  if (!checked.success) return false;
  const { account: theirs, user: them } = checked.data;
  return theirs.id === accountId && (them?.id === undefined || them.id === userId);
}

/** Whether the usage tells no meter of a kind. */
function hasNone(kind: string): (answer: unknown) => boolean {
  return (answer) => {
    const usage = valueAt(answer, ['usage']);
    return usage === undefined || (Array.isArray(usage) && usage.every((one) => valueAt(one, ['kind']) !== kind));
  };
}

function toQuota(one: Usage<'quotas'>): Quota[] {
  if (one.kind !== 'quota') return [];
  const { meter, used = null, limit, resetsAt = null, window } = one;
  return [{ meter, used, limit, resetsAt, ...(window && { window }) }];
}

function toRate(one: Usage<'rates'>, at: Asked['at']): Rate[] {
  if (one.kind !== 'rate') return [];
  const { meter, retryAfter = null } = one;
  return [{ meter, retryAt: retryAfter === null || retryAfter === 0 ? null : at + retryAfter * 1_000 }];
}

function toCredit(one: Usage<'credits'>): Credit[] {
  if (one.kind !== 'credit') return [];
  const { meter, remaining = null, spent = null, cap = null } = one;
  return [{ meter, remaining, spent, cap }];
}
