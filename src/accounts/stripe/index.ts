import type { Catalog } from '../../domain/catalog.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Instant } from '../../domain/instant.ts';
import {
  known,
  unknownFact,
  type AccountFacts,
  type AccountMember,
  type Entitlement,
  type Fact,
  type Quota,
  type SubscriptionStatus,
  type Unknown,
} from '../../domain/snapshot.ts';
import type { AccountSource, Reading } from '../source.ts';
import { createAsk, type Ask } from './ask.ts';
import { readEntitlements } from './entitlements.ts';
import { readQuotas } from './quotas.ts';
import { assertAbout, currentOf, planBegan, planOf, readSubscriptions, type Subscription } from './subscriptions.ts';

/** How Stripe is read: a restricted key that may only read. */
export interface StripeAccess {
  readonly key: string;
}

const tells = [
  'plan',
  'subscription',
  'trialEndsAt',
  'planChangedAt',
  'entitlements',
  'quotas',
] as const satisfies readonly AccountMember[];
const running: readonly SubscriptionStatus[] = ['trialing', 'active', 'past_due'];
type Told = Pick<AccountFacts, (typeof tells)[number]>;

/** Plan, status, trial, entitlements and meter usage straight from Stripe, for the customer whom the identity names. */
export function createStripeSource({ key }: StripeAccess, catalog: Catalog): AccountSource {
  return {
    name: 'stripe',
    tells,
    async read({ stripeCustomerId: customer }, { at, get, warn }) {
      if (customer === undefined) return allUnread('not-connected', at);
      return factsOf(await readParts({ ask: createAsk(key, get), warn, at }, customer, catalog), catalog, at);
    },
  };
}

/** A part of the reading; null: not as documented, an error: it could not be read. */
type Part<T> = T | null | SupportError;
type Current = Subscription | 'none';

interface Parts {
  readonly current: Part<Current>;
  readonly entitlements: Part<readonly Entitlement[]>;
  readonly quotas: Part<readonly Quota[]>;
}

/** One reading of Stripe. */
interface Asking extends Pick<Reading, 'at' | 'warn'> {
  readonly ask: Ask;
}

async function readParts({ ask, warn, at }: Asking, customer: string, catalog: Catalog): Promise<Parts> {
  const partOf = <T>(reading: Promise<T>) => partOr(reading, warn);
  const subscription = partOf(readSubscriptions(ask, customer)).then((list) => {
    const current = currentFor(customer, list, catalog);
    if (current === null && list !== null)
      warn({ code: 'account-ambiguous' }, 'several subscriptions run: none speaks for all');
    return current;
  });
  const usage = subscription.then((current) => quotasOf(current));
  const reading = [subscription, partOf(readEntitlements(ask, customer, catalog)), partOf(usage)] as const;
  const [current, entitlements, quotas] = await Promise.all(reading);
  if (current instanceof SupportError && entitlements instanceof SupportError) throw current;
  return { current, entitlements, quotas };

  async function quotasOf(current: Part<Current>) {
    if (current instanceof SupportError) throw current;
    return current === null || current === 'none' ? null : readQuotas(ask, { customer, current, at }, catalog);
  }
}

/** A part that fails takes no other with it, unless our key is refused: an operator must know of that. */
async function partOr<T>(reading: Promise<T>, warn: Reading['warn']): Promise<T | SupportError> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof SupportError) || error.code === 'account-refused') throw error;
    warn({ code: error.code, err: error }, 'a part of a source could not be read');
    return error;
  }
}

function currentFor(customer: string, list: Part<readonly Subscription[]>, catalog: Catalog): Part<Current> {
  if (list === null || list instanceof SupportError) return list;
  assertAbout(customer, list);
  return currentOf(list, catalog);
}

function factsOf({ current, entitlements, quotas }: Parts, catalog: Catalog, at: Instant): Told {
  const fact = <P, T>(part: Part<P>, take: (read: P) => T | undefined): Fact<T> => {
    if (part instanceof SupportError) return unknownFact('not-read', 'stripe', at);
    const value = part === null ? undefined : take(part);
    return value === undefined ? unknownFact('not-told', 'stripe', at) : known(value, 'stripe', at);
  };
  const ofOne = <T>(take: (one: Subscription) => T | undefined): Fact<T> =>
    fact(current, (one) => (one === 'none' ? undefined : take(one)));
  const isMetered = catalog.meters.some(({ stripe }) => stripe !== undefined);
  return {
    plan: ofOne((one) => planOf(one, catalog)?.slug),
    subscription: ofOne(({ status }) => status),
    trialEndsAt: fact(current, (one) => (one === 'none' ? null : one.trial_end)),
    planChangedAt: orNotConnected(ofOne((one) => planBegan(one, catalog, at))),
    // Who has no feature in Stripe does not keep entitlements there.
    entitlements: isEmpty(entitlements)
      ? unknownFact('not-connected', 'stripe', at)
      : fact(entitlements, (all) => withoutLost(all, current)),
    quotas: isMetered ? fact(quotas, (all) => all) : unknownFact('not-connected', 'stripe', at),
  };
}

/** A subscription that ended or was never paid takes its entitlements along: their absence says nothing of the plan. */
function withoutLost(all: readonly Entitlement[], current: Part<Current>): readonly Entitlement[] {
  const status = current !== null && typeof current === 'object' && 'status' in current ? current.status : undefined;
  const isLost = status !== undefined && !running.includes(status);
  return isLost ? all.filter(({ granted }) => granted) : all;
}

/** What Stripe can tell now and then is missed by nobody when it does not. */
function orNotConnected<T>(fact: Fact<T>): Fact<T> {
  return !fact.known && fact.why === 'not-told' ? { ...fact, why: 'not-connected' } : fact;
}

function isEmpty(part: Part<readonly unknown[]>): boolean {
  return Array.isArray(part) && part.length === 0;
}

function allUnread(why: Unknown['why'], at: Instant): Told {
  return Object.fromEntries(tells.map((member) => [member, unknownFact(why, 'stripe', at)])) as Record<
    keyof Told,
    Unknown
  >;
}
