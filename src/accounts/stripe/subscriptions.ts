import type { Catalog, Plan } from '../../domain/catalog.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Instant } from '../../domain/instant.ts';
import { listAll, type Ask } from './ask.ts';
import { subscription, type Item, type Subscription } from './subscription.ts';

/** All subscriptions of a customer; null where the list is not as documented. Throws like `Ask`. */
export function readSubscriptions(ask: Ask, customer: string): Promise<readonly Subscription[] | null> {
  return listAll(ask, 'subscriptions', { customer, status: 'all' }, subscription);
}

/** Throws `account-garbage` where a subscription is somebody else's: then nothing that we read can be trusted. */
export function assertAbout(customer: string, subscriptions: readonly Subscription[]): void {
  if (subscriptions.some((one) => one.customer !== customer))
    throw new SupportError('account-garbage', { detail: 'Stripe answered with the subscription of another customer' });
}

/**
 * The subscription that speaks for the plan; `none`: there never was one; `several`: more than one could, and which one was
 * made later says nothing; `no-plan`: none of those that matter has a price of the catalog's plans; `unread`: not told.
 */
export type Choice = Subscription | 'none' | 'several' | 'no-plan' | 'unread';

/** Chooses the subscription that counts. Of those that are over, or never began, the last one is where the account stands. */
export function choose(subscriptions: readonly Subscription[], catalog: Catalog): Choice {
  if (subscriptions.length === 0) return 'none';
  const isOnly = subscriptions.length === 1;
  if (!isOnly && subscriptions.some(({ status, created }) => status === undefined || created === undefined))
    return 'unread';
  const best = Math.max(...subscriptions.map(weight));
  const same = subscriptions.filter((one) => weight(one) === best);
  const [first, second] = same
    .filter((one) => isOfPlan(one, catalog))
    .toSorted((a, b) => (b.created ?? 0) - (a.created ?? 0));
  if (!first) return same.some(({ items }) => items === undefined) ? 'unread' : 'no-plan';
  return second && best === running ? 'several' : first;
}

/** Whether a subscription is one to a plan, not to something beside it; where the catalog names no prices, each one is. */
function isOfPlan({ items }: Subscription, catalog: Catalog): boolean {
  if (catalog.plans.every(({ stripe = [] }) => stripe.length === 0)) return true;
  return Boolean(items?.data.some((one) => planOfItem(one, catalog)));
}

/** Whether a subscription is over for good. https://docs.stripe.com/billing/subscriptions/overview */
export function hasEnded({ status }: Subscription): boolean {
  return status === 'canceled' || status === 'incomplete_expired';
}

/** The weight of a subscription that runs. */
const running = 2;

/** One that never began must not hide one that runs; one that ended hides nothing. */
function weight(one: Subscription): number {
  if (hasEnded(one)) return 0;
  return one.status === 'incomplete' ? 1 : running;
}

/** The plan that a subscription's prices stand for; undefined where the catalog knows none of them, or several plans. */
export function planOf({ items }: Subscription, catalog: Catalog): Plan | undefined {
  if (items?.has_more) return undefined;
  const plans = new Set(items?.data.flatMap((one) => planOfItem(one, catalog) ?? []));
  return plans.size === 1 ? [...plans][0] : undefined;
}

/** Of a product sold at several prices a plan may name one: the price goes before the product. */
function planOfItem({ price }: Item, { plans }: Catalog): Plan | undefined {
  const names = [price.id, price.lookup_key, price.product];
  return names.flatMap((name) => plans.find(({ stripe }) => name && stripe?.includes(name)) ?? [])[0];
}

/** An item keeps its `created` when it gets another price: only of a young one we know when its plan began. */
const youngMs = 15 * 60_000;

/** When the plan began, where that was a moment ago; undefined where Stripe cannot tell. */
export function planBegan(current: Subscription, catalog: Catalog, at: Instant): Instant | undefined {
  const plan = hasEnded(current) ? undefined : planOf(current, catalog);
  const young = current.items?.data.filter(({ created = 0 }) => created <= at && created > at - youngMs);
  return plan && young?.find((one) => planOfItem(one, catalog) === plan)?.created;
}

/** The month for which a meter is counted now: of the meter's own item, else of the plan's. */
export function monthOf({ items }: Subscription, meter: string, catalog: Catalog, at: Instant) {
  const data = items?.data ?? [];
  const counted = data.find(({ price }) => price.recurring?.meter === meter);
  const one = counted ?? data.find((other) => planOfItem(other, catalog));
  const { current_period_start: start, current_period_end: end } = one ?? {};
  const { interval, interval_count: count } = one?.price.recurring ?? {};
  if (interval !== 'month' || count !== 1 || start === undefined || end === undefined) return undefined;
  return start <= at && at < end ? { start, end } : undefined;
}
