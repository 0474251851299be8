import type { Case } from './contract.ts';
import type { FarAnswer } from './far-end.ts';
import { errors, subscriptionsWith, type Node } from '../support/stripe-api.ts';
import type { told } from './stripe-told.ts';
import { changed, itemsOf, noSubscription, priceOf, unread, type When } from './stripe-told.ts';

const garbled = { not: 'as agreed' };

/** Each part of an answer absent, and malformed. */
export function malformed(when: When): void {
  for (const [how, value] of [
    ['absent', undefined],
    ['malformed', garbled],
  ] as const) {
    const without = (member: string) => subscriptionsWith((first) => (first[member] = value));
    const alone = (member: string) =>
      subscriptionsWith((first, list) => {
        first[member] = value;
        list.data.length = 1;
      });
    const inItems = (change: (item: Node) => void) => subscriptionsWith((first) => itemsOf(first).forEach(change));
    when(
      `the status of the only subscription is ${how}`,
      { subscriptions: alone('status') },
      {
        unread: { subscription: 'not-told', stopReason: 'not-told' },
      },
    );
    when(`the trial is ${how}`, { subscriptions: without('trial_end') }, unread('trialEndsAt'));
    when(`the items are ${how}`, { subscriptions: without('items') }, { unread: noSubscription });
    when(`the age of the only subscription is ${how}`, { subscriptions: alone('created') }, {});
    when(`the status of one of two is ${how}`, { subscriptions: without('status') }, { unread: noSubscription });
    when(`the age of one of two is ${how}`, { subscriptions: without('created') }, { unread: noSubscription });
    when(`the id of a subscription is ${how}`, { subscriptions: without('id') }, { unread: noSubscription });
    when(
      `the price of an item is ${how}`,
      { subscriptions: inItems((item) => (item.price = value)) },
      { unread: noSubscription },
    );
    when(
      `an item's age is ${how}`,
      { subscriptions: inItems((item) => (item.created = value)) },
      { unread: { planChangedAt: 'not-connected' } },
    );
    for (const member of ['current_period_start', 'current_period_end'])
      when(`${member} is ${how}`, { subscriptions: inItems((item) => (item[member] = value)) }, unread('quotas'));
    when(
      `how often a price is billed is ${how}`,
      { subscriptions: inItems((item) => (priceOf(item).recurring = value)) },
      unread('quotas'),
    );
    when(
      `the key of an entitlement is ${how}`,
      { 'active-entitlements': changed('active-entitlements', (first) => (first.lookup_key = value)) },
      unread('entitlements'),
    );
    when(
      `the key of a feature is ${how}`,
      { features: changed('features', (first) => (first.lookup_key = value)) },
      unread('entitlements'),
    );
    for (const member of ['aggregated_value', 'meter'])
      when(
        `the ${member} of a summary is ${how}`,
        { 'event-summaries': changed('event-summaries', (first) => (first[member] = value)) },
        unread('quotas'),
      );
  }
}

const failures: Readonly<Record<string, FarAnswer>> = {
  'is not reached': 'refused',
  fails: { status: 500, body: '' },
  'asks for patience': { status: 429, body: errors['too-many-requests'], retryAfterMs: 60_000 },
  'answers with a page': { status: 200, body: '<h1>Hello</h1>' },
  'answers with no list': { status: 200, body: { object: 'list' } },
  'does not tell whether there is more': { status: 200, body: { data: [] } },
};
const lost = (...members: readonly (keyof typeof told)[]): Pick<Case, 'unread'> => ({
  unread: Object.fromEntries(members.map((member) => [member, 'not-read' as const])),
});
/** A part that fails takes no other with it. */
export function failing(when: When): void {
  for (const [does, answer] of Object.entries(failures)) {
    when(
      `the list of subscriptions ${does}`,
      { subscriptions: answer },
      lost('plan', 'subscription', 'stopReason', 'trialEndsAt', 'planChangedAt', 'quotas'),
    );
    when(`the list of entitlements ${does}`, { 'active-entitlements': answer }, lost('entitlements'));
    when(`the list of features ${does}`, { features: answer }, lost('entitlements'));
    when(`the meter ${does}`, { 'event-summaries': answer }, lost('quotas'));
  }
}
