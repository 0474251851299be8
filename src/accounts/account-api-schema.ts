import { z } from 'zod';
import type { Instant } from '../domain/instant.ts';
import {
  confirmables,
  featureStates,
  known,
  networks,
  pendingActions,
  signInMethods,
  subscriptionStatuses,
  stopReasons,
  unknownFact,
  type AccountFacts,
  type Credit,
  type Fact,
  type Quota,
  type Rate,
} from '../domain/snapshot.ts';
import { list, moment, text } from '../domain/schemas.ts';

const name = text();
const count = z.number().nonnegative();

const quota = z.object({
  meter: name,
  kind: z.literal('quota'),
  used: count,
  limit: count,
  resetsAt: moment.nullish(),
});
const rate = z.object({ meter: name, kind: z.literal('rate'), retryAfter: count.max(86_400).nullish() });
const credit = z.object({
  meter: name,
  kind: z.literal('credit'),
  remaining: z.number().nullish(),
  spent: count.nullish(),
  cap: count.nullish(),
});
/** A meter that another member tells: how it looks is not this member's matter, but its kind must be known. */
const other = <K extends string>(kind: K) => z.object({ kind: z.literal(kind) });
const quotas = z.object({ usage: list(z.discriminatedUnion('kind', [quota, other('rate'), other('credit')])) });
const rates = z.object({ usage: list(z.discriminatedUnion('kind', [rate, other('quota'), other('credit')])) });
const credits = z.object({ usage: list(z.discriminatedUnion('kind', [credit, other('quota'), other('rate')])) });
const entitlement = z.object({ feature: name, granted: z.boolean(), roles: list(name).nullish() });
// A feature that is told twice might be granted and not granted.
const areUnique = (all: readonly { readonly feature: string }[]) =>
  new Set(all.map((one) => one.feature)).size === all.length;
const entitlements = list(entitlement).refine(areUnique);

const state = z.object({ feature: name, state: z.enum(featureStates).optional() });
const states = z.object({ entitlements: list(state).refine(areUnique) });
// RFC 6749, 3.3: what a scope is written with.
const scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/);
const key = z.object({
  kind: z.enum(['key', 'project']),
  lacks: list(z.object({ feature: name, scope })),
});

const session = z.object({ state: z.enum(['valid', 'expired', 'revoked']), expiresAt: moment.nullish() });
const seats = z.object({ used: count, total: count });

const account = <T extends z.ZodRawShape>(shape: T) => z.object({ account: z.object(shape) });
const user = <T extends z.ZodRawShape>(shape: T) => z.object({ user: z.object(shape) });
const inSession = <T extends z.ZodRawShape>(shape: T) => user({ session: z.object(shape) });
const subscription = <T extends z.ZodRawShape>(shape: T) => z.object({ subscription: z.object(shape) });

/** `object`: the id of what was asked about. */
type Reader<T> = (answer: unknown, at: Instant, object?: string) => Fact<T>;

/** Where the answer tells each member, and in which form. */
const readers = {
  membership: reader(z.unknown(), () => 'member' as const),
  accountName: reader(account({ name }), (a) => a.account.name),
  accountStatus: reader(account({ status: z.enum(['active', 'suspended', 'closed']) }), (a) => a.account.status),
  role: reader(user({ role: name }), (a) => a.user.role),
  pendingActions: rarely(
    ['account', 'pendingActions'],
    reader(account({ pendingActions: list(z.enum(pendingActions)) }), (a) => a.account.pendingActions),
  ),
  userStatus: rarely(
    ['user', 'status'],
    reader(user({ status: z.enum(['active', 'deactivated']) }), (a) => a.user.status),
  ),
  lockout: rarely(
    ['user', 'lockout'],
    reader(user({ lockout: z.object({ until: moment.nullable() }).nullable() }), (a) => a.user.lockout),
  ),
  unconfirmed: rarely(
    ['user', 'unconfirmed'],
    reader(user({ unconfirmed: list(z.enum(confirmables)) }), (a) => a.user.unconfirmed),
  ),
  lacksSignIn: rarely(
    ['user', 'session', 'lacks'],
    reader(inSession({ lacks: list(z.enum(signInMethods)) }), (a) => a.user.session.lacks),
  ),
  network: rarely(
    ['user', 'session', 'network'],
    reader(inSession({ network: z.enum(networks) }), (a) => a.user.session.network),
  ),
  roleChangedAt: rarely(
    ['user', 'roleChangedAt'],
    reader(user({ roleChangedAt: moment.nullable() }), (a) => a.user.roleChangedAt),
  ),
  seat: reader(user({ seat: z.enum(['assigned', 'none', 'pending']) }), (a) => a.user.seat),
  seats: reader(z.object({ seats }), (a) => a.seats),
  session: reader(user({ session }), (a) => {
    const { state, expiresAt = null } = a.user.session;
    return { state, expiresAt };
  }),
  otherAccountFeatures: rarely(
    ['user', 'elsewhere'],
    reader(user({ elsewhere: list(name) }), (a) => a.user.elsewhere),
  ),
  plan: reader(subscription({ plan: name }), (a) => a.subscription.plan),
  subscription: reader(subscription({ status: z.enum(subscriptionStatuses) }), (a) => a.subscription.status),
  stopReason: rarely(
    ['subscription', 'stopReason'],
    reader(subscription({ stopReason: z.enum(stopReasons).nullable() }), (a) => a.subscription.stopReason),
  ),
  trialEndsAt: reader(subscription({ trialEndsAt: moment.nullable() }), (a) => a.subscription.trialEndsAt),
  planChangedAt: reader(subscription({ changedAt: moment }), (a) => a.subscription.changedAt),
  entitlements: reader(z.object({ entitlements }), (a) =>
    a.entitlements.map(({ feature, granted, roles = null }) => ({ feature, granted, roles })),
  ),
  featureStates: rarely(
    ['entitlements', 'state'],
    reader(states, (a) => a.entitlements.flatMap(({ feature, state }) => (state ? [{ feature, state }] : []))),
  ),
  objectShared: (answer, at, object) => {
    const read = reader(
      z.object({ object: z.object({ id: z.literal(object ?? ''), shared: z.boolean() }) }),
      (a) => a.object.shared,
    );
    return object === undefined
      ? unknownFact('not-connected', 'account-api', at)
      : rarely(['object'], read)(answer, at);
  },
  keyScopes: rarely(
    ['key'],
    reader(z.object({ key }), ({ key: { kind, lacks } }) => ({ holder: kind, lacks })),
  ),
  quotas: reader(quotas, (a) => a.usage.flatMap(toQuota)),
  rates: reader(rates, (a, at) => a.usage.flatMap((one) => toRate(one, at))),
  credits: reader(credits, (a) => a.usage.flatMap(toCredit)),
} satisfies { readonly [M in keyof AccountFacts]?: (answer: unknown, at: Instant, object?: string) => AccountFacts[M] };

type Member = keyof typeof readers;

/** What rests on rules that only some companies have. */
export const seldomTold = [
  'pendingActions',
  'userStatus',
  'lockout',
  'lacksSignIn',
  'unconfirmed',
  'network',
  'featureStates',
  'objectShared',
  'keyScopes',
] as const satisfies readonly Member[];

/** The members that the account API tells. */
export const accountApiMembers = Object.keys(readers) as readonly Member[];

/** The facts of a 200 answer read at `at`, asked for with the id of an `object` where a denial named one. A member that is absent or malformed is unknown; the others stand. */
export function factsOf(answer: unknown, at: Instant, object?: string): Pick<AccountFacts, Member> {
  const facts = accountApiMembers.map((member) => [member, readers[member](answer, at, object)]);
  return Object.fromEntries(facts) as Pick<AccountFacts, Member>;
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

function reader<S, T>(schema: z.ZodType<S>, take: (checked: S, at: Instant) => T): Reader<T> {
  return (answer, at) => {
    const checked = schema.safeParse(answer);
    return checked.success
      ? known(take(checked.data, at), 'account-api', at)
      : unknownFact('not-told', 'account-api', at);
  };
}

/** A member that most companies do not tell: its absence is expected. */
function rarely<T>(path: readonly string[], read: Reader<T>): Reader<T> {
  return (answer, at) => (isAbsent(answer, path) ? unknownFact('not-connected', 'account-api', at) : read(answer, at));
}

/** Whether nothing stands at a path; of a list, in any of its parts. */
function isAbsent(node: unknown, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (node === undefined) return true;
  if (name === undefined || typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.every((one) => isAbsent(one, path));
  return isAbsent((node as Readonly<Record<string, unknown>>)[name], rest);
}

function toQuota(one: z.infer<typeof quotas>['usage'][number]): Quota[] {
  if (one.kind !== 'quota') return [];
  const { meter, used, limit, resetsAt = null } = one;
  return [{ meter, used, limit, resetsAt }];
}

function toRate(one: z.infer<typeof rates>['usage'][number], at: Instant): Rate[] {
  if (one.kind !== 'rate') return [];
  const { meter, retryAfter = null } = one;
  return [{ meter, retryAt: retryAfter === null || retryAfter === 0 ? null : at + retryAfter * 1_000 }];
}

function toCredit(one: z.infer<typeof credits>['usage'][number]): Credit[] {
  if (one.kind !== 'credit') return [];
  const { meter, remaining = null, spent = null, cap = null } = one;
  return [{ meter, remaining, spent, cap }];
}
