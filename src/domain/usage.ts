import type { Instant } from './instant.ts';

/** What stands for a limit where there is none. */
export const unlimited = 'unlimited';

/** The places that were bought, and those taken. */
export interface Seats {
  readonly used: number;
  readonly total: number | typeof unlimited;
}

/** For how long usage counts before it begins from zero. */
export const quotaWindows = ['hour', 'day', 'week', 'month', 'year'] as const;
/** One of the windows above. */
export type QuotaWindow = (typeof quotaWindows)[number];

/** Usage of a meter that counts up to a reset, which may have several windows. `used` null: without a limit, nobody counts. */
export interface Quota {
  readonly meter: string;
  readonly used: number | null;
  readonly limit: number | typeof unlimited;
  readonly resetsAt: Instant | null;
  /** Missing: a month. */
  readonly window?: QuotaWindow;
}

/** A quota that can be reached. */
export interface LimitedQuota extends Quota {
  readonly used: number;
  readonly limit: number;
}

/** Whether a quota can be reached. */
export function isLimited(quota: Quota): quota is LimitedQuota {
  return quota.limit !== unlimited && quota.used !== null;
}

/** A meter that counts in a short window; `retryAt`: when requests are taken again, null while they are taken. */
export interface Rate {
  readonly meter: string;
  readonly retryAt: Instant | null;
}

/** What was paid in advance, and what may be spent at most; null: not told. */
export interface Credit {
  readonly meter: string;
  readonly remaining: number | null;
  readonly spent: number | null;
  readonly cap: number | typeof unlimited | null;
}
