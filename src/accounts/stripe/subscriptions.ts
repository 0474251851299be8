import { z } from 'zod';
import type { Catalog, Plan } from '../../domain/catalog.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Instant } from '../../domain/instant.ts';
import { text } from '../../domain/schemas.ts';
import { subscriptionStatuses } from '../../domain/snapshot.ts';
import { listAll, type Ask } from './ask.ts';

/** Absent and malformed are the same to us: not told. */
const maybe = <T extends z.ZodType>(of: T) => of.optional().catch(undefined);
const name = text();
const instant = z
  .int()
  .positive()
  .max(8_640_000_000_000)
  .transform((seconds) => seconds * 1_000);
const recurring = z.object({ interval: z.string(), interval_count: z.number(), meter: name.nullish() });

const item = z.object({
  created: maybe(instant),
  current_period_start: maybe(instant),
  current_period_end: maybe(instant),
  price: z.object({
    id: name,
    lookup_key: maybe(name.nullable()),
    product: maybe(name),
    recurring: maybe(recurring),
  }),
});

// https://docs.stripe.com/api/subscriptions/object; of a list inside an object Stripe gives the first ten.
const subscription = z.object({
  id: name,
  customer: z.unknown().optional(),
  created: maybe(instant),
  status: maybe(z.enum(subscriptionStatuses)),
  trial_end: maybe(instant.nullable()),
  items: maybe(z.object({ data: z.array(item), has_more: z.literal(false) })),
});

/** A subscription as far as it was told; whatever is undefined was not. */
export type Subscription = z.infer<typeof subscription>;
type Item = z.infer<typeof item>;

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
 * The subscription that counts, `none` where there never was one, null where that cannot be told. Of several that run only
 * one whose price stands for a plan speaks for the plan; of two such none does: which one was made later says nothing.
 */
export function currentOf(subscriptions: readonly Subscription[], catalog: Catalog): Subscription | 'none' | null {
  const [only] = subscriptions;
  if (subscriptions.length <= 1) return only ?? 'none';
  if (subscriptions.some(({ status, created }) => status === undefined || created === undefined)) return null;
  const best = Math.max(...subscriptions.map(weight));
  const same = subscriptions.filter((one) => weight(one) === best);
  const planned = same.filter((one) => planOf(one, catalog) !== undefined);
  const [first, second] = planned.length > 0 ? planned : same;
  if (best === running) return second ? null : (first ?? null);
  // Of those that are over, or never began, the last one is where the account stands.
  return same.toSorted((a, b) => (b.created ?? 0) - (a.created ?? 0))[0] ?? null;
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
