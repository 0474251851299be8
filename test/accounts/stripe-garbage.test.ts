import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createStripeSource } from '../../src/accounts/stripe/index.ts';
import { codeOf } from '../../src/domain/errors.ts';
import type { AccountFacts } from '../../src/domain/snapshot.ts';
import { changed } from '../support/changes.ts';
import { fakeClock } from '../support/fakes.ts';
import {
  catalog,
  customer,
  listOf,
  ok,
  stripeKey,
  stripeWith,
  subject,
  type List,
  type Node,
} from '../support/stripe-api.ts';
import { getFrom } from './far-end.ts';
import { rounds } from '../support/rounds.ts';

const at = fakeClock().now();
const names = ['subscriptions', 'active-entitlements', 'features', 'event-summaries'] as const;
/** A list may be anything once it is changed, or missing. */
type Answers = Readonly<Record<(typeof names)[number], List | null | undefined>>;
const valid = Object.fromEntries(names.map((name) => [name, listOf(name)])) as Answers;

async function read(answers: Answers): Promise<Partial<AccountFacts>> {
  const instead = Object.fromEntries(names.map((name) => [name, ok(answers[name] ?? null)]));
  const get = getFrom(stripeWith(instead));
  const source = createStripeSource({ key: stripeKey }, catalog);
  const options = { deadlineMs: 2_500, mostBytes: 1_048_576 };
  return source.read(subject, {
    at,
    warn: () => undefined,
    doubt: () => undefined,
    get: (url, headers) => get(url, { headers, ...options }),
  });
}

/** What may be told of each member, read from the answers in the plainest way; written anew here. */
const mayBe: Readonly<Record<string, (value: never, answers: Answers) => boolean>> = {
  subscription: (value: string, answers) => listIn(answers, 'subscriptions').some(({ status }) => status === value),
  plan: (value: string, answers) =>
    itemsIn(answers).some(({ price }) => {
      const { id, lookup_key, product } = price as Node;
      const names = catalog.plans.find(({ slug }) => slug === value)?.stripe ?? [];
      return [id, lookup_key, product].some((one) => names.includes(String(one)));
    }),
  stopReason(value: string | null, answers) {
    const words: Readonly<Record<string, readonly string[]>> = {
      trial: ['trial_end_without_payment_method', 'cancel'],
      request: ['pause_requested', 'cancellation_requested'],
      payment: ['first_payment_failure', 'final_payment_failure', 'payment_failed', 'payment_disputed'],
    };
    const said = JSON.stringify(answers.subscriptions ?? null);
    return value === null || (words[value] ?? []).some((word) => said.includes(`"${word}"`));
  },
  trialEndsAt(value: number | null, answers) {
    const data = listIn(answers, 'subscriptions');
    return data.length === 0 ? value === null : data.some((one) => one.trial_end === (value && value / 1_000));
  },
  planChangedAt: (value: number, answers) => itemsIn(answers).some(({ created }) => created === value / 1_000),
  entitlements: (value: { feature: string; granted: boolean }[], answers) =>
    value.every(({ feature, granted }) => {
      const { stripe: key = feature } = catalog.features.find(({ slug }) => slug === feature) ?? {};
      const has = (name: keyof Answers) => listIn(answers, name).some(({ lookup_key }) => lookup_key === key);
      const isSold = listIn(answers, 'features').some((one) => one.lookup_key === key && one.active === true);
      return granted ? has('active-entitlements') : isSold && !has('active-entitlements');
    }),
  quotas: (value: { used: number; limit: number; resetsAt: number }[], answers) =>
    value.every(({ used, limit, resetsAt }) => {
      const [summary = { aggregated_value: 0 }] = listIn(answers, 'event-summaries');
      return (
        used === summary.aggregated_value &&
        catalog.plans.some(({ limits }) => limits?.tokens === limit) &&
        itemsIn(answers).some(({ current_period_end }) => current_period_end === resetsAt / 1_000)
      );
    }),
};

function listIn(answers: Answers, name: keyof Answers): Node[] {
  const data: unknown = answers[name]?.data;
  return Array.isArray(data) ? (data as Node[]) : [];
}

function itemsIn(answers: Answers): Node[] {
  return listIn(answers, 'subscriptions').flatMap(({ items }) => {
    const { data } = (items ?? {}) as Partial<List>;
    return Array.isArray(data)
      ? data.filter((one: Node | null) => typeof one?.price === 'object' && one.price !== null)
      : [];
  });
}

describe('an answer of Stripe’s that is not as documented', () => {
  it('never becomes a fact that it does not tell', async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(changed(valid), async (answers) => {
        const facts = await read(answers).catch((error: unknown) => codeOf(error));
        if (facts === 'account-garbage') return;
        if (typeof facts === 'string') assert.fail(facts);
        for (const [member, fact] of Object.entries(facts)) {
          if (!fact.known) continue;
          kept += 1;
          const isTold = mayBe[member] as ((value: unknown, answers: Answers) => boolean) | undefined;
          assert.ok(isTold?.(fact.value, answers), `${member} is invented: ${JSON.stringify(fact.value)}`);
        }
      }),
      { numRuns: rounds(2_000) },
    );
    assert.ok(kept > rounds(4_000), `most facts of a half-broken answer stand: ${kept}`);
  });

  it('is about nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(changed(valid), async (answers) => {
        const facts = await read(answers).catch((): Partial<AccountFacts> => ({}));
        const told = [facts.plan, facts.subscription, facts.quotas].some((fact) => fact?.known);
        assert.ok(!told || listIn(answers, 'subscriptions').every((one) => one.customer === customer));
      }),
      { numRuns: rounds(500) },
    );
  });
});
