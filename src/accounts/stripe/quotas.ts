import { z } from 'zod';
import type { Catalog, Meter, Plan } from '../../domain/catalog.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Quota } from '../../domain/snapshot.ts';
import { listOf, type Ask } from './ask.ts';
import type { Subscription } from './subscription.ts';
import { hasEnded, monthOf, planOf } from './subscriptions.ts';

// https://docs.stripe.com/api/billing/meter-event-summary/object
const summary = z.object({ meter: z.string(), aggregated_value: z.number().nonnegative() });

const minute = 60_000;

/** Who is asked about, by which subscription, and when. */
export interface Counted {
  readonly customer: string;
  readonly current: Subscription;
  readonly at: Instant;
}

/**
 * This month's usage of every connected meter that the plan limits; null where one of them cannot be told. Throws like
 * `Ask`.
 */
export async function readQuotas(ask: Ask, counted: Counted, catalog: Catalog): Promise<readonly Quota[] | null> {
  const plan = hasEnded(counted.current) ? undefined : planOf(counted.current, catalog);
  if (!plan?.limits) return null;
  const quotas = await Promise.all(catalog.meters.map((meter) => readQuota(ask, counted, meter, plan, catalog)));
  return quotas.includes(null) ? null : quotas.filter((quota) => quota !== null && quota !== undefined);
}

/** Undefined: the plan does not limit this meter, or it is not Stripe's. */
async function readQuota(ask: Ask, { customer, current, at }: Counted, meter: Meter, plan: Plan, catalog: Catalog) {
  const limit = plan.limits?.[meter.slug];
  if (limit === undefined || meter.stripe === undefined) return undefined;
  const month = monthOf(current, meter.stripe, catalog, at);
  // Whole minutes only; a part of the first is left out, so that nobody pays for the month before.
  const [start, end] = [Math.ceil((month?.start ?? at) / minute) * 60, Math.ceil(at / minute) * 60];
  if (!month || end <= start) return null;
  const path = `billing/meters/${encodeURIComponent(meter.stripe)}/event_summaries`;
  const answer = await ask(path, { customer, start_time: String(start), end_time: String(end) }).catch(naming(meter));
  const list = listOf(answer, summary);
  const [one, ...others] = list?.data ?? [];
  // Without a grouping there is one summary, or none for a customer who used nothing.
  if (!list || list.hasMore || others.length > 0 || (one && one.meter !== meter.stripe)) return null;
  return { meter: meter.slug, used: one?.aggregated_value ?? 0, limit, resetsAt: month.end };
}

/** The id of the meter stands in the path; which meter of the catalog that is, does not. */
function naming({ slug }: Meter): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof SupportError)) throw error;
    throw new SupportError(error.code, {
      detail: `${error.message}, for the meter "${slug}" of the catalog`,
      cause: error,
    });
  };
}
