import type { Steps } from './prepared.ts';
import type { Database } from './schema.ts';

/** What is stored, by Kysely, and on a turn’s way by prepared statements. */
export interface StoreDatabase extends Database {
  /** Reads. */
  look<T>(steps: Steps<T>): Promise<T>;
  /** Stores whole or not at all; resolves when it is on the disk. */
  transact<T>(steps: Steps<T>): Promise<T>;
}
