import type { Random } from '../domain/ports.ts';

/** How long pauses are, in milliseconds. */
export interface BackoffOptions {
  /** The longest pause after the first failure; a second unless told. */
  readonly firstMs?: number;
  /** However often it failed; five minutes unless told. */
  readonly longestMs?: number;
  /** How long the far end asks to be left alone, of which five minutes are granted; null: it does not say. */
  readonly retryAfterMs?: number | null;
}

const fiveMinutes = 300_000;

/**
 * The pause after the n-th failure in a row: a random share (full jitter) of a time that doubles with each one, but never
 * shorter than what is asked for.
 */
export function backoffMs(failures: number, random: Random, options: BackoffOptions = {}): number {
  const { firstMs = 1_000, longestMs = fiveMinutes, retryAfterMs = null } = options;
  const most = Math.min(firstMs * 2 ** (failures - 1), longestMs);
  return Math.max(1 + Math.floor(fraction(random) * most), Math.min(retryAfterMs ?? 0, fiveMinutes));
}

/** A number from 0 to below 1. */
function fraction(random: Random): number {
  return Buffer.from(random.id(4), 'base64url').readUIntBE(0, 3) / 2 ** 24;
}
