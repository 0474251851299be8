import type { Snapshot } from '../../domain/snapshot.ts';
import { proved, ruledOut, unknown, type Cause } from '../cause.ts';
import { paidAhead } from '../paid-ahead.ts';
import { trialStopped } from '../trial-stopped.ts';

/**
 * The subscription's status ends access, or keeps it from beginning: `incomplete` is a first payment that failed. `past_due` usually
 * still has access, so it is no cause.
 */
export const paymentLapsed: Cause = {
  slug: 'payment-lapsed',
  proves: {
    unpaid: [],
    canceled: [],
    incomplete: [],
    incomplete_expired: [],
    paused: [],
    'paused-on-request': [],
    'paused-unpaid': [],
  },
  excludes: { always: [], past_due: [], trial: [], 'paid-until': ['paidUntil'] },
  judge(snapshot) {
    const { subscription } = snapshot;
    if (!subscription.known) return unknown(subscription);
    const status = subscription.value;
    const paid = paidAhead(snapshot);
    if (paid) return paid.known ? ruledOut(paid, { paidUntil: { at: paid.value } }, 'paid-until') : unknown(paid);
    if (status === 'paused' || status === 'canceled') {
      const byTrial = trialStopped(snapshot);
      if (byTrial === true) return ruledOut(subscription, {}, 'trial');
      if (byTrial !== false) return unknown(byTrial);
      return proved(subscription, {}, status === 'paused' ? pauseOf(snapshot) : status);
    }
    if (status in paymentLapsed.proves) return proved(subscription, {}, status);
    return ruledOut(subscription, {}, status === 'past_due' ? 'past_due' : 'always');
  },
};

function pauseOf({ stopReason }: Snapshot): string {
  if (!stopReason.known) return 'paused';
  if (stopReason.value === 'payment') return 'paused-unpaid';
  return stopReason.value === 'request' ? 'paused-on-request' : 'paused';
}
