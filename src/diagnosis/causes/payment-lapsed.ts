import { proved, ruledOut, unknown, type Cause } from '../cause.ts';

/**
 * The subscription's status ends access, or keeps it from beginning: `incomplete` is a first payment that failed. `past_due` usually
 * still has access, so it is no cause.
 */
export const paymentLapsed: Cause = {
  slug: 'payment-lapsed',
  proves: { unpaid: [], canceled: [], incomplete: [], incomplete_expired: [], paused: [] },
  excludes: { always: [], past_due: [], trial: [] },
  judge({ at, subscription, trialEndsAt }) {
    if (!subscription.known) return unknown(subscription);
    const status = subscription.value;
    // Stripe pauses a subscription whose trial ended without a way to pay: nobody owes anything.
    if (status === 'paused' && !trialEndsAt.known && trialEndsAt.why !== 'not-connected') return unknown(trialEndsAt);
    const endedTrial = trialEndsAt.known && trialEndsAt.value !== null && trialEndsAt.value <= at;
    if (status === 'paused' && endedTrial) return ruledOut(subscription, {}, 'trial');
    if (status in paymentLapsed.proves) return proved(subscription, {}, status);
    return ruledOut(subscription, {}, status === 'past_due' ? 'past_due' : 'always');
  },
};
