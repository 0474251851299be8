import { hash } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import type { SharedLimits } from '../domain/ports.ts';
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
    return { consume: (key) => limiter.consume(hash('sha256', key, 'base64url')) };
  };
}
