import { upToMinute, type Instant } from '../../domain/instant.ts';
import { ruledOut, unknown, type Cause } from '../cause.ts';
import { countsFor, judgeReached, type Reached } from '../meters.ts';

/** Too many requests in a short window. Waiting seconds is the cure, never an upgrade. */
export const rateLimited: Cause = {
  slug: 'rate-limited',
  proves: { always: ['meter', 'seconds', 'retryAt'], long: ['meter', 'retryAt'] },
  possible: { always: ['meter', 'seconds', 'retryAt'], long: ['meter', 'retryAt'], several: ['meters'] },
  excludes: { always: [] },
  judge({ at, rates }, about) {
    if (!rates.known) return unknown(rates);
    const counted = rates.value.filter((rate) => countsFor(rate, about));
    // The longest wait is the one that counts.
    const refused = counted
      .flatMap(({ meter, retryAt }) => (retryAt !== null && retryAt > at ? [{ meter, retryAt }] : []))
      .toSorted((a, b) => b.retryAt - a.retryAt)
      .map(({ meter, retryAt }) => reachedOf(meter, retryAt, at));
    return judgeReached(rates, refused, about) ?? ruledOut(rates);
  },
};

/** Nobody counts more than ten minutes in seconds. */
const longMs = 600_000;

function reachedOf(meter: string, retryAt: Instant, at: Instant): Reached {
  const facts = { meter: { meter }, retryAt: { at: upToMinute(retryAt) } };
  if (retryAt - at > longMs) return { meter, facts, variant: 'long' };
  return { meter, facts: { ...facts, seconds: Math.ceil((retryAt - at) / 1_000) }, variant: 'always' };
}
