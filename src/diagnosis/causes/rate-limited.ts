import type { Instant } from '../../domain/instant.ts';
import type { Facts } from '../../domain/verdict.ts';
import { ruledOut, unknown, type Cause } from '../cause.ts';
import { countsFor, judgeReached } from '../meters.ts';

/** Too many requests in a short window. Waiting seconds is the cure, never an upgrade. */
export const rateLimited: Cause = {
  slug: 'rate-limited',
  proves: { always: ['meter', 'seconds', 'retryAt'] },
  possible: { always: ['meter', 'seconds', 'retryAt'], several: ['meters'] },
  excludes: { always: [] },
  judge({ at, rates }, about) {
    if (!rates.known) return unknown(rates);
    const counted = rates.value.filter((rate) => countsFor(rate, about));
    const refused = counted.flatMap(({ meter, retryAt }) =>
      retryAt !== null && retryAt > at
        ? [{ meter, facts: { meter: { meter }, ...waitFor(retryAt, at) }, variant: 'always' }]
        : [],
    );
    return judgeReached(rates, refused, about) ?? ruledOut(rates);
  },
};

/** Times are told to the minute: rounded up, so that nobody tries too early. */
function waitFor(retryAt: Instant, at: Instant): Facts {
  return { seconds: Math.ceil((retryAt - at) / 1_000), retryAt: { at: Math.ceil(retryAt / 60_000) * 60_000 } };
}
