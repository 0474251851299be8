import { subscriptionStatuses, type StopReason } from '../../domain/snapshot.ts';

/**
 * Every value of each of Stripe's enums that is read, with what it means to us; null: known by name, and it tells us nothing. A
 * test compares them with Stripe's published types.
 */
export const stripeWords = {
  status: Object.fromEntries(subscriptionStatuses.map((one) => [one, one])),
  /** What was paused. */
  pause: { subscription: 'subscription' },
  /** Why a subscription was paused. https://docs.stripe.com/billing/subscriptions/pause */
  pauseReason: {
    trial_end_without_payment_method: 'trial',
    pause_requested: 'request',
    first_payment_failure: 'payment',
    final_payment_failure: 'payment',
    // Stripe's own doing, and it does not say why.
    system: null,
  },
  /** Why a subscription was canceled. */
  cancelReason: {
    cancellation_requested: 'request',
    payment_failed: 'payment',
    payment_disputed: 'payment',
    canceled_by_retention_policy: null,
  },
  /** What happens when a trial ends without a way to pay. */
  trialEnd: { cancel: 'cancel', create_invoice: null, pause: null },
  /** How often a price is billed: usage is counted by the month alone. */
  interval: { month: 'month', day: null, week: null, year: null },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string | null>>>> & {
  readonly pauseReason: Readonly<Record<string, StopReason | null>>;
  readonly cancelReason: Readonly<Record<string, StopReason | null>>;
};

/** One of the enums above. */
export type StripeEnum = keyof typeof stripeWords;

/** Whether a word is one that we know by name. */
export function isKnown(of: StripeEnum, word: string): boolean {
  return Object.hasOwn(stripeWords[of], word);
}
