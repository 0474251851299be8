import { z } from 'zod';
import { text } from '../../domain/schemas.ts';
import type { StopReason, SubscriptionStatus } from '../../domain/snapshot.ts';
import { isKnown, stripeWords, type StripeEnum } from './words.ts';

/** Absent and malformed are the same to us: not told. */
const maybe = <T extends z.ZodType>(of: T) => of.optional().catch(undefined);
const name = text();
const instant = z
  .int()
  .positive()
  .max(8_640_000_000_000)
  .transform((seconds) => seconds * 1_000);
/** A value of an enum of Stripe's: of a form that cannot hold anything of an account, for it may come into the log. */
const word = maybe(z.string().regex(/^[a-z_]{1,60}$/));
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
const told = z.object({
  id: name,
  customer: z.unknown().optional(),
  created: maybe(instant),
  status: word,
  status_details: maybe(
    z.object({ paused: z.object({ type: word, subscription: maybe(z.object({ type: word })) }).nullable() }),
  ),
  cancellation_details: maybe(z.object({ reason: word })),
  ended_at: maybe(instant.nullable()),
  trial_end: maybe(instant.nullable()),
  trial_settings: maybe(z.object({ end_behavior: z.object({ missing_payment_method: word }) })),
  items: maybe(z.object({ data: z.array(item), has_more: z.boolean() })),
});
type Told = z.infer<typeof told>;

/** A subscription as far as it was told; whatever is undefined was not. `strange`: words of Stripe's that we do not know. */
export const subscription = told.transform((one) => {
  const status =
    one.status !== undefined && isKnown('status', one.status) ? (one.status as SubscriptionStatus) : undefined;
  const { id, customer, created, trial_end, items } = one;
  const stopReason = status && stopReasonOf(status, one);
  return { id, customer, created, trial_end, items, status, stopReason, strange: strangeIn(one) };
});
/** One of them. */
export type Subscription = z.infer<typeof subscription>;
/** One thing that a subscription is to. */
export type Item = z.infer<typeof item>;

function stopReasonOf(status: SubscriptionStatus, one: Told): StopReason | null {
  if (status === 'canceled')
    return isCanceledByTrial(one) ? 'trial' : meant('cancelReason', one.cancellation_details?.reason);
  const paused = one.status_details?.paused;
  if (status !== 'paused' || meant('pause', paused?.type) === null) return null;
  return meant('pauseReason', paused?.subscription?.type);
}

/** What a word means to us; null where that is nothing, or it is not told. */
function meant<E extends StripeEnum>(
  of: E,
  told: string | undefined,
): (typeof stripeWords)[E][keyof (typeof stripeWords)[E]] | null {
  const words: Readonly<Record<string, unknown>> = stripeWords[of];
  if (told === undefined || !isKnown(of, told)) return null;
  return words[told] as (typeof stripeWords)[E][keyof (typeof stripeWords)[E]];
}

/** An invoice is finalized an hour after it was drafted: what ends sooner after a trial was never charged for. */
const soonMs = 3_600_000;

/** Whether it was canceled because its trial ended without a way to pay, not because somebody asked for it. */
function isCanceledByTrial({ ended_at, trial_end, trial_settings, cancellation_details: why }: Told): boolean {
  if (!ended_at || !trial_end || (why?.reason !== undefined && why.reason !== 'payment_failed')) return false;
  const isSet = meant('trialEnd', trial_settings?.end_behavior.missing_payment_method) === 'cancel';
  return isSet && ended_at >= trial_end && ended_at < trial_end + soonMs;
}

function strangeIn({ status, status_details, cancellation_details, trial_settings, items }: Told): string[] {
  const paused = status_details?.paused;
  const words: readonly (readonly [StripeEnum, string | undefined])[] = [
    ['status', status],
    ['pause', paused?.type],
    ['pauseReason', paused?.subscription?.type],
    ['cancelReason', cancellation_details?.reason],
    ['trialEnd', trial_settings?.end_behavior.missing_payment_method],
    ...(items?.data ?? []).map(({ price }) => ['interval', price.recurring?.interval] as const),
  ];
  return words.flatMap(([of, told]) => (told === undefined || isKnown(of, told) ? [] : [`${of} ${told}`]));
}
