import { z } from 'zod/v4';
import { known, subscriptionStatuses, unread, type AccountFacts, type Fact, type Quota } from '../domain/snapshot.ts';
import type { Instant } from '../domain/instant.ts';

const text = z.string().min(1).max(200);
const instant = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));
const count = z.number().nonnegative();

const quota = z.object({
  meter: text,
  kind: z.literal('quota'),
  used: count,
  limit: count,
  resetsAt: instant.nullish(),
});
const otherUsage = z.object({ kind: z.enum(['rate', 'credit']) });
const entitlement = z.object({ feature: text, granted: z.boolean() });

const members = {
  accountName: z.object({ account: z.object({ name: text }) }).transform((a) => a.account.name),
  role: z.object({ user: z.object({ role: text }) }).transform((a) => a.user.role),
  seat: z.object({ user: z.object({ seat: z.enum(['assigned', 'none', 'pending']) }) }).transform((a) => a.user.seat),
  session: z
    .object({
      user: z.object({
        session: z.object({ state: z.enum(['valid', 'expired', 'revoked']), expiresAt: instant.nullish() }),
      }),
    })
    .transform((a) => ({ state: a.user.session.state, expiresAt: a.user.session.expiresAt ?? null })),
  plan: z.object({ subscription: z.object({ plan: text }) }).transform((a) => a.subscription.plan),
  subscription: z
    .object({ subscription: z.object({ status: z.enum(subscriptionStatuses) }) })
    .transform((a) => a.subscription.status),
  planChangedAt: z
    .object({ subscription: z.object({ changedAt: instant }) })
    .transform((a) => a.subscription.changedAt),
  entitlements: z
    .object({ entitlements: z.array(entitlement) })
    .transform((a) => a.entitlements.map(({ feature, granted }) => ({ feature, granted }))),
  quotas: z.object({ usage: z.array(z.union([quota, otherUsage])) }).transform((a) => a.usage.flatMap(toQuota)),
};

const identified = z.object({
  account: z.object({ id: z.string() }),
  user: z.object({ id: z.unknown() }).optional().catch(undefined),
});

/** Whether the answer is about the account and user that were asked for; if not, none of it may be used. */
export function isAbout(answer: unknown, accountId: string, userId: string): boolean {
  const checked = identified.safeParse(answer);
  if (!checked.success) return false;
  const { account, user } = checked.data;
  return account.id === accountId && (user?.id === undefined || user.id === userId);
}

/** The facts of a 200 answer. A member that is absent or malformed is unknown; the others stand. */
export function factsOf(answer: unknown, at: Instant): AccountFacts {
  const fact = <T>(schema: z.ZodType<T>): Fact<T> => {
    const checked = schema.safeParse(answer);
    return checked.success ? known(checked.data, 'account-api', at) : unread('not-told', 'account-api', at);
  };
  return {
    membership: known('member', 'account-api', at),
    accountName: fact(members.accountName),
    role: fact(members.role),
    seat: fact(members.seat),
    session: fact(members.session),
    plan: fact(members.plan),
    subscription: fact(members.subscription),
    planChangedAt: fact(members.planChangedAt),
    entitlements: fact(members.entitlements),
    quotas: fact(members.quotas),
  };
}

function toQuota(usage: z.infer<typeof quota> | z.infer<typeof otherUsage>): Quota[] {
  if (usage.kind !== 'quota') return [];
  const { meter, used, limit, resetsAt = null } = usage;
  return [{ meter, used, limit, resetsAt }];
}
