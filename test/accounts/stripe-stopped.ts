import { listOf, ok, subscriptionsWith, type Node } from '../support/stripe-api.ts';
import { changed, itemsOf, noSubscription, priceOf, stillEntitled, told, type When } from './stripe-told.ts';

/** Why a subscription stopped. */
export function whyStopped(when: When): void {
  const only = (status: string, more: Node) =>
    subscriptionsWith((first, list) => {
      Object.assign(first, { status, ...more });
      list.data.length = 1;
    });
  const paused = (details: unknown) => only('paused', { status_details: { paused: details } });
  const because = (type: unknown, of = 'subscription') => ({ type: of, transitioned_at: 1, subscription: { type } });
  const lost = stillEntitled('paused');
  const reasons = [
    ['trial_end_without_payment_method', 'trial'],
    ['pause_requested', 'request'],
    ['first_payment_failure', 'payment'],
    ['final_payment_failure', 'payment'],
    ['system', null],
    ['a_reason_of_next_year', null],
  ] as const;
  for (const [word, stopReason] of reasons)
    when(
      `it is paused: ${word}`,
      { subscriptions: paused(because(word)) },
      { told: { subscription: 'paused', stopReason, ...lost } },
    );
  for (const [what, details] of Object.entries({
    'nobody says why': undefined,
    'why is malformed': { type: 'subscription', subscription: { type: { not: 'a word' } } },
    'something else was paused': because('pause_requested', 'collection'),
  }))
    when(
      `it is paused and ${what}`,
      { subscriptions: paused(details) },
      { told: { subscription: 'paused', stopReason: null, ...lost } },
    );
  when(
    'a reason is told of one that runs',
    { subscriptions: only('active', { status_details: { paused: because('pause_requested') } }) },
    {},
  );

  const day = 86_400;
  const end = told.trialEndsAt / 1_000;
  const canceled = (endedAt: number | null, reason: string | null, behavior = 'cancel') =>
    only('canceled', {
      ended_at: endedAt,
      cancellation_details: { comment: null, feedback: null, reason },
      trial_settings: { end_behavior: { missing_payment_method: behavior } },
    });
  const over = { planChangedAt: 'not-connected', quotas: 'not-told' } as const;
  const cancellations = [
    ['as its trial ended without a card', canceled(end, null), 'trial'],
    ['as the first charge after its trial failed', canceled(end + 60, 'payment_failed'), 'trial'],
    ['on request, on the day its trial ended', canceled(end, 'cancellation_requested'), 'request'],
    ['a month after its trial', canceled(end + 30 * day, null), null],
    ['an hour after its trial', canceled(end + 3_600, 'payment_failed'), 'payment'],
    ['within its trial', canceled(end - 1, null), null],
    ['as its trial ended, though a trial does not cancel', canceled(end, null, 'pause'), null],
    ['by a disputed payment', canceled(end + day, 'payment_disputed'), 'payment'],
    ['by a retention policy', canceled(end + day, 'canceled_by_retention_policy'), null],
    ['for a reason of next year', canceled(end + day, 'a_reason_of_next_year'), null],
    ['nobody tells when', canceled(null, null), null],
  ] as const;
  for (const [what, subscriptions, stopReason] of cancellations)
    when(
      `it was canceled ${what}`,
      { subscriptions },
      { told: { subscription: 'canceled', stopReason, ...lost }, unread: over },
    );
}

/** Subscriptions to something beside the plan. */
export function besidesThePlan(when: When): void {
  const nameless = { lookup_key: null, product: 'prod_addon' };
  const only = (change: (first: Node) => void) =>
    subscriptionsWith((first, list) => {
      change(first);
      list.data.length = 1;
    });
  when(
    'the only subscription that is not over is no plan, and that of the plan ended',
    {
      subscriptions: subscriptionsWith((first, list) => {
        for (const item of itemsOf(list.data[1] ?? {}))
          Object.assign(priceOf(item), { id: 'price_addon', ...nameless });
        Object.assign(list.data[1] ?? {}, { status: 'unpaid' });
        first.status = 'canceled';
      }),
    },
    { told: stillEntitled('unpaid'), unread: noSubscription },
  );
  for (const status of ['unpaid', 'paused', 'canceled', 'incomplete'] as const)
    when(
      `the only subscription is no plan, and ${status}`,
      {
        subscriptions: only((first) => {
          first.status = status;
          for (const item of itemsOf(first)) Object.assign(priceOf(item), { id: 'price_addon', ...nameless });
        }),
      },
      { told: stillEntitled(status), unread: noSubscription },
    );
  when(
    'the plan ended, and so did, later, an add-on',
    {
      subscriptions: subscriptionsWith((first, list) => {
        first.status = 'canceled';
        Object.assign(list.data[1] ?? {}, { created: (first.created as number) + 86_400 });
        for (const item of itemsOf(list.data[1] ?? {}))
          Object.assign(priceOf(item), { id: 'price_addon', ...nameless });
      }),
    },
    {
      told: { subscription: 'canceled', stopReason: null, ...stillEntitled('canceled') },
      unread: { planChangedAt: 'not-connected', quotas: 'not-told' },
    },
  );
}

/** What the customer may use. */
export function entitled(when: When): void {
  when(
    'the customer has no entitlement',
    { 'active-entitlements': ok({ ...listOf('active-entitlements'), data: [] }) },
    { told: { entitlements: told.entitlements.map((one) => ({ ...one, granted: false })) } },
  );
  when(
    'entitlements are kept elsewhere',
    {
      'active-entitlements': ok({ ...listOf('active-entitlements'), data: [] }),
      features: ok({ ...listOf('features'), data: [] }),
    },
    { unread: { entitlements: 'not-connected' } },
  );
  when(
    'a feature was archived, and the customer kept it',
    { features: changed('features', (_, list) => list.data.splice(0, 1)) },
    {},
  );
  for (const [how, active] of [
    ['archived', false],
    ['not told to be active', undefined],
    ['malformed', 'yes'],
  ] as const) {
    when(
      `the feature that the customer has is ${how}`,
      { features: changed('features', (first) => (first.active = active)) },
      {},
    );
    when(
      `the feature that the customer lacks is ${how}`,
      {
        features: changed('features', (_, { data }) => {
          for (const one of data) if (one.lookup_key === 'sso') one.active = active;
        }),
      },
      { told: { entitlements: told.entitlements.filter(({ feature }) => feature !== 'sso') } },
    );
  }
}
