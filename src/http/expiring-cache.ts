import { LRUCache } from 'lru-cache';
import type { Clock } from '../domain/ports.ts';

/** How much a cache keeps, and for how long. */
export interface ExpiringCacheOptions {
  /** Entries; the one that was used longest ago goes first. */
  readonly max: number;
  /** Milliseconds after which an entry is gone. */
  readonly ttlMs: number;
  readonly clock: Clock;
}

/** Values by name, for less than a while. Where the clock is set back all of them are gone: nothing is kept for longer. */
export function createExpiringCache<V extends object | string>(options: ExpiringCacheOptions): LRUCache<string, V> {
  const { max, ttlMs, clock } = options;
  // With `max` the package makes room for all of them at once, before there is any.
  const room = { maxSize: max, sizeCalculation: () => 1 };
  // It keeps an entry for all of its `ttl`, and asks for the time once in a while unless told otherwise.
  return new LRUCache({ ...room, ttl: ttlMs - 1, ttlResolution: 0, perf: { now: onward(clock, ttlMs) } });
}

/** A time that only goes on; where the clock is set back it leaps ahead. */
function onward(clock: Clock, leapMs: number): () => number {
  let last = -Infinity;
  let ahead = 0;
  return () => {
    const now = clock.now();
    if (now < last) ahead += last - now + leapMs;
    last = now;
    return now + ahead;
  };
}
