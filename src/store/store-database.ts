import type { Transaction } from 'kysely';
import type { Steps } from './prepared.ts';
import type { Database, Schema } from './schema.ts';

/** What is stored, by Kysely, and on a turn’s way by prepared statements. */
export interface StoreDatabase extends Database {
  /** Names this process among those that may share the database; the same at each start where none does. */
  readonly owner: string;
  /** Whether other processes write there, too. */
  readonly isShared: boolean;
  /** Reads. */
  look<T>(steps: Steps<T>): Promise<T>;
  /** Stores whole or not at all; resolves when it is on the disk. Where another process was faster, the steps are made anew. */
  transact<T>(make: () => Steps<T>): Promise<T>;
  /** The same by Kysely: `work` sees one state of all, and runs anew where another process was faster. */
  atomically<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** Why it cannot be used, in words for operators; null: the error does not tell of that. */
  whyUnusable(error: unknown): string | null;
  /** Whether another process may have written since this was asked before. */
  changedOutside(): Promise<boolean>;
  /** Overwrites what was removed, wherever it still stands; false: somebody reads, and it has to be tried again. */
  scrub(): Promise<boolean>;
}
