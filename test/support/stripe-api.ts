import { readFileSync } from 'node:fs';
import { createStripeSource } from '../../src/accounts/stripe/index.ts';
import type { Catalog } from '../../src/domain/catalog.ts';
import { restoreSubject } from '../../src/identity/verify.ts';
import type { Connect, FarAnswer, FarEnd } from '../accounts/far-end.ts';
import { nocked } from './nocked.ts';

export const stripeKey = 'rk_test_51LatchkeyReadOnly';
export const customer = 'cus_Latchkey42';
export const meter = 'mtr_test_61LatchkeyTokens';
export const subject = restoreSubject({
  accountId: 'acct_42',
  userId: 'usr_7',
  verifiedBy: 'signed-identity',
  email: 'ada@example.com',
  stripeCustomerId: customer,
});

const named = (slug: string) => ({ slug, name: slug, synonyms: [] });
const feature = (slug: string) => ({ ...named(slug), lowestPlan: 'starter', meters: [] });
/** One feature has another name in Stripe, one is not there at all. */
export const catalog: Catalog = {
  company: 'Meridian',
  features: [{ ...feature('export'), stripe: 'exports' }, feature('reports'), feature('sso'), feature('dashboards')],
  plans: [
    named('free'),
    { ...named('starter'), stripe: ['starter_monthly'], limits: { tokens: 500_000 } },
    { ...named('team'), stripe: ['prod_LatchkeyTeam'], limits: { tokens: 2_000_000 } },
    { ...named('business'), stripe: ['price_1LatchkeyBusiness'] },
  ],
  meters: [{ ...named('tokens'), stripe: meter }, named('api-calls')],
};

export type Node = Record<string, unknown>;
export interface List extends Node {
  data: Node[];
}
const recorded = (name: string) =>
  readFileSync(new URL(`../accounts/recorded/stripe-${name}.json`, import.meta.url), 'utf8');
/** A fresh copy of a recorded list. */
export const listOf = (name: keyof typeof paths): List => JSON.parse(recorded(name)) as List;
/** What Stripe says when it refuses. */
export const errors = JSON.parse(recorded('errors')) as Readonly<Record<string, object>>;

const paths = {
  subscriptions: '/v1/subscriptions',
  'active-entitlements': '/v1/entitlements/active_entitlements',
  features: '/v1/entitlements/features',
  'event-summaries': `/v1/billing/meters/${meter}/event_summaries`,
};

/** One answer instead of a recorded one, or one for each address. */
export type Instead = Readonly<Partial<Record<keyof typeof paths, FarAnswer | ((url: URL) => FarAnswer)>>>;

export const ok = (body: unknown): FarAnswer => ({ status: 200, body });

/** Stripe with the recorded answers, but for those given; asked for anything else it fails. */
export function stripeWith(instead: Instead = {}): FarEnd {
  return (url) => {
    for (const [name, path] of Object.entries(paths) as [keyof typeof paths, string][]) {
      if (url.pathname !== path) continue;
      const answer = instead[name] ?? ok(recorded(name));
      return typeof answer === 'function' ? answer(url) : answer;
    }
    throw new Error(`nobody should ask Stripe for ${url.pathname}`);
  };
}

/** The recorded subscriptions after a change to the first of them. */
export function subscriptionsWith(change: (first: Node, list: List) => void): FarAnswer {
  const list = listOf('subscriptions');
  change(list.data[0] ?? {}, list);
  return ok(list);
}

/** Stripe through nock and the real HTTP client. */
export const stripeOverNock = (sells: Catalog = catalog): Connect =>
  nocked('https://api.stripe.com', createStripeSource({ key: stripeKey }, sells));
