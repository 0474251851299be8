import type { Instant } from '../domain/instant.ts';

/** A header of an answer by its name in lower case; null or undefined: there is none. */
export type HeaderOf = (name: string) => string | null | undefined;

/** However much longer is asked for. */
const longestMs = 86_400_000;

/**
 * For how many milliseconds an answer’s `Retry-After` asks, at most a day; null: for none that is plain. A date counts from
 * the answer’s own `Date`, for clocks differ, and only without that from `now` (null: not at all).
 */
export function retryAfterOf(header: HeaderOf, now: Instant | null): number | null {
  const after = header('retry-after')?.trim() ?? '';
  const ms = /^\d+$/.test(after) ? Number(after) * 1_000 : instantOf(after) - sentAt(header, now);
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), longestMs);
}

function sentAt(header: HeaderOf, now: Instant | null): Instant {
  const theirs = instantOf(header('date')?.trim() ?? '');
  return Number.isNaN(theirs) ? (now ?? NaN) : theirs;
}

/** NaN where it is no date as HTTP writes it. */
function instantOf(text: string): Instant {
  return text.endsWith(' GMT') ? Date.parse(text) : NaN;
}
