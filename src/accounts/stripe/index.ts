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
import type { Subscription } from './subscription.ts';
import { assertAbout, choose, planBegan, planOf, readSubscriptions } from './subscriptions.ts';

/** How Stripe is read: a restricted key that may only read. */
export interface StripeAccess {
  readonly key: string;
}

const tells = [
  'plan',
  'subscription',
  'stopReason',
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
  /** Whether no subscription runs: each that there was took its entitlements along. */
  readonly isLost: boolean;
  readonly entitlements: Part<readonly Entitlement[]>;
  readonly quotas: Part<readonly Quota[]>;
}

/** One reading of Stripe. */
interface Asking extends Pick<Reading, 'at' | 'warn'> {
  readonly ask: Ask;
}

async function readParts({ ask, warn, at }: Asking, customer: string, catalog: Catalog): Promise<Parts> {
  const partOf = <T>(reading: Promise<T>) => partOr(reading, warn);
  const all = partOf(readSubscriptions(ask, customer));
  const subscription = all.then((list) => currentFor(customer, list, catalog, warn));
  const usage = subscription.then((current) => quotasOf(current));
  const reading = [all, subscription, partOf(readEntitlements(ask, customer, catalog)), partOf(usage)] as const;
  const [list, current, entitlements, quotas] = await Promise.all(reading);
  if (current instanceof SupportError && entitlements instanceof SupportError) throw current;
  return { current, isLost: isLost(list, current), entitlements, quotas };

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

/** Why no subscription speaks for the plan, for an operator. */
const unclear = {
  several: 'several subscriptions to a plan run: none speaks for all',
  'no-plan': 'no subscription that counts has a price of a plan in the catalog',
} as const;

function currentFor(
  customer: string,
  list: Part<readonly Subscription[]>,
  catalog: Catalog,
  warn: Reading['warn'],
): Part<Current> {
  if (list === null || list instanceof SupportError) return list;
  assertAbout(customer, list);
  for (const word of new Set(list.flatMap(({ strange }) => strange)))
    warn({ code: 'account-word' }, `Stripe says a word that is not known: ${word}`);
  const choice = choose(list, catalog);
  if (choice === 'several' || choice === 'no-plan') warn({ code: 'account-ambiguous' }, unclear[choice]);
  return typeof choice === 'object' || choice === 'none' ? choice : null;
}

/** Whether nothing runs that could give an entitlement: then their absence says nothing of the plan. */
function isLost(list: Part<readonly Subscription[]>, current: Part<Current>): boolean {
  const stopped = ({ status }: Subscription) => status !== undefined && !running.includes(status);
  if (typeof current === 'object' && current !== null && 'status' in current) return stopped(current);
  return Array.isArray(list) && list.length > 0 && list.every(stopped);
}

function factsOf({ current, isLost, entitlements, quotas }: Parts, catalog: Catalog, at: Instant): Told {
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
    stopReason: fact(current, (one) => (one === 'none' ? null : one.stopReason)),
    trialEndsAt: fact(current, (one) => (one === 'none' ? null : one.trial_end)),
    planChangedAt: orNotConnected(ofOne((one) => planBegan(one, catalog, at))),
    // Who has no feature in Stripe does not keep entitlements there.
    entitlements: isEmpty(entitlements)
      ? unknownFact('not-connected', 'stripe', at)
      : fact(entitlements, (all) => (isLost ? all.filter(({ granted }) => granted) : all)),
    quotas: isMetered ? fact(quotas, (all) => all) : unknownFact('not-connected', 'stripe', at),
  };
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
