import type { Instant } from '../domain/instant.ts';

/** In milliseconds, null without a plain `Retry-After`. A date counts from the far end's own `Date`, for clocks differ. */
export function retryAfterOf(headers: Headers, now: Instant): number | null {
  const after = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(after)) return Number(after) * 1_000;
  const until = after.endsWith(' GMT') ? Date.parse(after) : NaN;
  if (Number.isNaN(until)) return null;
  const theirs = Date.parse(headers.get('date') ?? '');
  return Math.max(until - (Number.isNaN(theirs) ? now : theirs), 0);
}
