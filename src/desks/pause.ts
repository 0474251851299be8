import type { Random } from '../domain/ports.ts';

const firstPauseMs = 1_000;

/** The longest that a ticket waits for its next attempt. */
export const longestPauseMs = 300_000;

/** The pause after the n-th failure in a row: doubled each time, at most `longestMs`, and of that a random share (full jitter). */
export function pauseBefore(failures: number, random: Random, longestMs = longestPauseMs): number {
  const most = Math.min(firstPauseMs * 2 ** (failures - 1), longestMs);
  return 1 + Math.floor(fraction(random) * most);
}

/** A number from 0 to below 1. */
function fraction(random: Random): number {
  return Buffer.from(random.id(4), 'base64url').readUIntBE(0, 3) / 2 ** 24;
}
