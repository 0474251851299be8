import { proved, ruledOut, unknown, type Cause } from '../cause.ts';

/** The subscription's status ends access. `past_due` usually still has access, so it is no cause. */
export const paymentLapsed: Cause = {
  slug: 'payment-lapsed',
  proves: { unpaid: [], canceled: [], incomplete_expired: [], paused: [] },
  excludes: { always: [], past_due: [] },
  judge({ subscription }) {
    if (!subscription.known) return unknown(subscription);
    const status = subscription.value;
    if (status in paymentLapsed.proves) return proved(subscription, {}, status);
    return ruledOut(subscription, {}, status === 'past_due' ? 'past_due' : 'always');
  },
};
