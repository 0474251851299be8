import { subscriptionStatuses } from '../../src/domain/snapshot.ts';
import { listOf, ok, subscriptionsWith, type List, type Node } from '../support/stripe-api.ts';
import type { Values } from './fixture.ts';
import {
  changed,
  itemsOf,
  noPlan,
  noSubscription,
  priceOf,
  stillEntitled,
  told,
  unread,
  type When,
} from './stripe-told.ts';

/** Which subscription counts. */
export function whichSubscription(when: When): void {
  const only = (change: (first: Node) => void) =>
    subscriptionsWith((first, list) => {
      change(first);
      list.data.length = 1;
    });
  for (const status of subscriptionStatuses) {
    const isOver = status === 'canceled' || status === 'incomplete_expired';
    when(
      `the only subscription is ${status}`,
      { subscriptions: only((first) => (first.status = status)) },
      {
        told: { subscription: status, ...stillEntitled(status) },
        unread: isOver ? { planChangedAt: 'not-connected', quotas: 'not-told' } : {},
      },
    );
  }
  when(
    'the status is one that is not known yet',
    { subscriptions: only((first) => (first.status = 'hibernating')) },
    { unread: { subscription: 'not-told', stopReason: 'not-told' } },
  );
  when(
    'there never was a subscription',
    { subscriptions: ok({ ...listOf('subscriptions'), data: [] }) },
    { told: { trialEndsAt: null }, unread: { ...noPlan, subscription: 'not-told' } },
  );
  when(
    'there is and was no trial',
    { subscriptions: subscriptionsWith((first) => (first.trial_end = null)) },
    { told: { trialEndsAt: null } },
  );
  when(
    'a trial runs',
    {
      subscriptions: subscriptionsWith((first) =>
        Object.assign(first, { status: 'trialing', trial_end: Date.UTC(2026, 11, 1) / 1_000 }),
      ),
    },
    { told: { subscription: 'trialing', trialEndsAt: Date.UTC(2026, 11, 1) } },
  );

  /** The recorded subscription, and another one that is newer and on the plan Starter. */
  const nameless = { lookup_key: null, product: 'prod_addon' };
  const besides = (status: string, price: Node = {}) =>
    subscriptionsWith((first, list) => {
      const [, old] = list.data;
      Object.assign(old ?? {}, { status, created: (first.created as number) + 86_400, trial_end: null });
      if (price.id !== undefined)
        for (const item of old ? itemsOf(old) : []) Object.assign(priceOf(item), { ...nameless, ...price });
    });
  const starterOnly = { planChangedAt: 'not-connected', quotas: 'not-told' } as const;
  when('a newer subscription ended', { subscriptions: besides('canceled') }, {});
  when('a newer subscription never began', { subscriptions: besides('incomplete') }, {});
  when('a newer subscription expired before it began', { subscriptions: besides('incomplete_expired') }, {});
  for (const status of ['active', 'past_due', 'unpaid', 'paused'] as const) {
    when(
      `another subscription, of another plan, is ${status}`,
      { subscriptions: besides(status) },
      { unread: noSubscription },
    );
    when(`an add-on that is no plan is ${status}`, { subscriptions: besides(status, { id: 'price_addon' }) }, {});
  }
  when(
    'two add-ons run, and neither is a plan',
    {
      subscriptions: subscriptionsWith((first, list) => {
        for (const one of list.data) Object.assign(one, { status: 'active', created: first.created });
        for (const one of list.data) for (const item of itemsOf(one)) Object.assign(priceOf(item), nameless);
      }),
    },
    { unread: noSubscription },
  );
  when(
    'all subscriptions ended',
    { subscriptions: subscriptionsWith((first) => (first.status = 'canceled')) },
    { told: { subscription: 'canceled', ...stillEntitled('canceled') }, unread: starterOnly },
  );
}

/** Which plan it is, and since when. */
export function whichPlan(when: When): void {
  const priced = (price: Node) => subscriptionsWith((first) => Object.assign(priceOf(itemsOf(first)[0]), price));
  const other = { id: 'price_other', lookup_key: 'other', product: 'prod_other' };
  when('the price is one that the catalog does not know', { subscriptions: priced(other) }, { unread: noSubscription });
  when(
    'the catalog names the price by its key',
    { subscriptions: priced({ ...other, lookup_key: 'starter_monthly' }) },
    {
      told: { plan: 'starter', quotas: [{ ...told.quotas[0], limit: 500_000 }] as Values['quotas'] },
    },
  );
  when(
    'the catalog names the price by its id',
    { subscriptions: priced({ id: 'price_1LatchkeyBusiness' }) },
    {
      told: { plan: 'business' },
      // This plan has no limits in the catalog.
      unread: { quotas: 'not-told' },
    },
  );
  when(
    'two items are of two plans',
    { subscriptions: subscriptionsWith((first) => (priceOf(itemsOf(first)[1]).id = 'price_1LatchkeyBusiness')) },
    { unread: noPlan },
  );
  when(
    'there are more items than Stripe told',
    { subscriptions: subscriptionsWith((first) => ((first.items as List).has_more = true)) },
    { unread: noPlan },
  );
  const begun = (...created: readonly number[]) =>
    subscriptionsWith((first) => {
      itemsOf(first).forEach((item, i) => (item.created = (created[i] ?? 0) / 1_000));
    });
  const [old, now] = [Date.UTC(2026, 2, 5), Date.UTC(2026, 10, 22, 10, 12)];
  when(
    'another item than the plan is new',
    { subscriptions: begun(old, now) },
    { unread: { planChangedAt: 'not-connected' } },
  );
  when(
    'the plan began later than now',
    { subscriptions: begun(now + 1_000, old) },
    { unread: { planChangedAt: 'not-connected' } },
  );
  when('the plan began this very second', { subscriptions: begun(now, old) }, { told: { planChangedAt: now } });
  when(
    'the plan has been the same for a quarter of an hour',
    { subscriptions: subscriptionsWith((first) => Object.assign(itemsOf(first)[0] ?? {}, { created: 1_795_341_420 })) },
    { unread: { planChangedAt: 'not-connected' } },
  );
}

/** The month for which a meter is read. */
export function whichMonth(when: When): void {
  const billed = (of: number, recurring: Node) =>
    subscriptionsWith((first) => Object.assign(priceOf(itemsOf(first)[of]).recurring as Node, recurring));
  when('the meter is billed by the year', { subscriptions: billed(1, { interval: 'year' }) }, unread('quotas'));
  when('the meter is billed by the quarter', { subscriptions: billed(1, { interval_count: 3 }) }, unread('quotas'));
  when(
    'the plan is billed by the year, its meter by the month',
    { subscriptions: billed(0, { interval: 'year' }) },
    {},
  );
  when(
    'the meter has no price, and the plan is billed by the month',
    { subscriptions: billed(1, { meter: null }) },
    {},
  );
  when(
    'the month is over already',
    {
      subscriptions: subscriptionsWith((first) =>
        itemsOf(first).forEach((item) => (item.current_period_end = Date.UTC(2026, 10, 22, 10, 12) / 1_000)),
      ),
    },
    unread('quotas'),
  );
  when(
    'the month began within this minute',
    {
      subscriptions: subscriptionsWith((first) =>
        itemsOf(first).forEach((item) => (item.current_period_start = Date.UTC(2026, 10, 22, 10, 11, 30) / 1_000)),
      ),
    },
    unread('quotas'),
  );
  when(
    'nothing was used',
    { 'event-summaries': ok({ ...listOf('event-summaries'), data: [] }) },
    { told: { quotas: [{ ...told.quotas[0], used: 0 }] as Values['quotas'] } },
  );
  when(
    'a summary is of another meter',
    { 'event-summaries': changed('event-summaries', (first) => (first.meter = 'mtr_other')) },
    unread('quotas'),
  );
  when(
    'there are two summaries',
    { 'event-summaries': changed('event-summaries', (first, list) => list.data.push(first)) },
    unread('quotas'),
  );
  when(
    'there are more summaries',
    { 'event-summaries': changed('event-summaries', (_, list) => (list.has_more = true)) },
    unread('quotas'),
  );
  when(
    'usage is negative',
    { 'event-summaries': changed('event-summaries', (first) => (first.aggregated_value = -1)) },
    unread('quotas'),
  );
}
