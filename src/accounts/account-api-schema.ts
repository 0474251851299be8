import { z } from 'zod';
import { longestPropagationMs } from '../domain/propagation.ts';
import { list, moment, text } from '../domain/schemas.ts';
import {
  confirmables,
  featureStates,
  networks,
  pendingActions,
  signInMethods,
  stopReasons,
  subscriptionStatuses,
} from '../domain/snapshot.ts';
import { quotaWindows, unlimited } from '../domain/usage.ts';

const name = text();
const count = z.number().nonnegative();
const limit = z.union([count, z.literal(unlimited)]);

/** How much was used is told of what has a limit; of the rest nobody may count it. */
const quota = z
  .object({
    meter: name,
    kind: z.literal('quota'),
    used: count.nullish(),
    limit,
    resetsAt: moment.nullish(),
    window: z.enum(quotaWindows).nullish(),
  })
  .superRefine(({ used, limit: most }, context) => {
    if (most !== unlimited && typeof used !== 'number')
      context.addIssue({ code: 'invalid_type', expected: 'number', path: ['used'] });
  });
const rate = z.object({ meter: name, kind: z.literal('rate'), retryAfter: count.max(86_400).nullish() });
const credit = z.object({
  meter: name,
  kind: z.literal('credit'),
  remaining: z.number().nullish(),
  spent: count.nullish(),
  cap: limit.nullish(),
});
/** A meter that another member tells: how it looks is not this member's matter, but its kind must be known. */
const other = <K extends string>(kind: K) => z.object({ kind: z.literal(kind) });
const entitlement = z.object({ feature: name, granted: z.boolean(), roles: list(name).nullish() });
// A feature that is told twice might be granted and not granted.
const areUnique = (all: readonly { readonly feature: string }[]) =>
  new Set(all.map((one) => one.feature)).size === all.length;
const ofFeatures = <T extends z.ZodType<{ readonly feature: string }>>(one: T) => list(one).refine(areUnique);
// RFC 6749, 3.3: what a scope is written with.
const scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/);

/** What the account API tells, member by member: one that is not as here takes no other with it. */
export const schemas = {
  name,
  accountStatus: z.enum(['active', 'suspended', 'closed']),
  pendingActions: list(z.enum(pendingActions)),
  userStatus: z.enum(['active', 'deactivated']),
  lockout: z.object({ until: moment.nullable() }).nullable(),
  unconfirmed: list(z.enum(confirmables)),
  lacksSignIn: list(z.enum(signInMethods)),
  network: z.enum(networks),
  momentOrNull: moment.nullable(),
  moment,
  seat: z.enum(['assigned', 'none', 'pending']),
  seats: z.object({ used: count, total: limit }),
  session: z.object({ state: z.enum(['valid', 'expired', 'revoked']), expiresAt: moment.nullish() }),
  names: list(name),
  subscription: z.enum(subscriptionStatuses),
  stopReason: z.enum(stopReasons).nullable(),
  propagationSeconds: count.max(longestPropagationMs / 1_000),
  entitlements: ofFeatures(entitlement),
  states: ofFeatures(z.object({ feature: name, state: z.enum(featureStates).optional() })),
  unlimited: ofFeatures(z.object({ feature: name, unlimited: z.boolean().optional() })),
  object: z.object({ id: z.string(), shared: z.boolean() }),
  key: z.object({ kind: z.enum(['key', 'project']), lacks: list(z.object({ feature: name, scope })) }),
  quotas: list(z.discriminatedUnion('kind', [quota, other('rate'), other('credit')])),
  rates: list(z.discriminatedUnion('kind', [rate, other('quota'), other('credit')])),
  credits: list(z.discriminatedUnion('kind', [credit, other('quota'), other('rate')])),
} as const;

/** What each meter is told as. */
export type Usage<Kind extends 'quotas' | 'rates' | 'credits'> = z.infer<(typeof schemas)[Kind]>[number];
