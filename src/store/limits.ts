import { hash } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limiter, SharedLimits } from '../domain/ports.ts';
import type { StoreDatabase } from './store-database.ts';

/** In the database where processes share the store, by hashes of the keys, and otherwise in memory. */
export function createLimits(db: StoreDatabase): SharedLimits {
  return (name, points, seconds) => {
    if (!db.isShared) return new RateLimiterMemory({ points, duration: seconds });
    const limiter = new RateLimiterPostgres({
      ...{ keyPrefix: name, points, duration: seconds },
      // Whoever has none left costs the database nothing more.
      inMemoryBlockOnConsumed: points,
      storeClient: {
        query: ({ text, values }: { readonly text: string; readonly values: unknown[] }) =>
          db.executeQuery(CompiledQuery.raw(text, values)),
      },
      storeType: 'client',
      tableName: 'limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
    });
    return oneAtATime(points, async (key, count) => {
      try {
        return await limiter.consume(hash('sha256', key, 'base64url'), count);
      } catch (error) {
        if (error instanceof RateLimiterRes) return error;
        throw error;
      }
    });
  };
}

/** Spends so many points of a key, also where fewer are left. */
type Spend = (key: string, count: number) => Promise<RateLimiterRes>;

/**
 * Of each key one writing at a time, the next one for all who asked meanwhile: each by itself would hold a connection while
 * it waits until the one before it is on the disk.
 */
function oneAtATime(points: number, spend: Spend): Limiter {
  type Asking = PromiseWithResolvers<undefined>;
  /** By the keys that are being written. */
  const waiting = new Map<string, Asking[]>();

  async function write(key: string, asking: readonly Asking[]): Promise<void> {
    try {
      const { consumedPoints, msBeforeNext } = await spend(key, asking.length);
      // Of a key that is known to have none left nothing was consumed.
      const before = consumedPoints === 0 ? points : consumedPoints - asking.length;
      for (const [i, one] of asking.entries())
        if (before + i < points) one.resolve(undefined);
        else one.reject(new RateLimiterRes(0, msBeforeNext));
    } catch (error) {
      for (const one of asking) one.reject(error);
    }
    const next = waiting.get(key) ?? [];
    if (next.length === 0) waiting.delete(key);
    else {
      waiting.set(key, []);
      void write(key, next);
    }
  }

  return {
    consume(key) {
      const one = Promise.withResolvers<undefined>();
      const others = waiting.get(key);
      if (others) others.push(one);
      else {
        waiting.set(key, []);
        void write(key, [one]);
      }
      return one.promise;
    },
  };
}
