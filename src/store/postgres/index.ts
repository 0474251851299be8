import { randomUUID } from 'node:crypto';
import { Kysely, type Transaction } from 'kysely';
import type { Log } from '../../domain/ports.ts';
import type { Schema } from '../schema.ts';
import type { StoreDatabase } from '../store-database.ts';
import { again } from './again.ts';
import { createDialect } from './driver.ts';
import { createPool, type Pool, type PostgresSettings } from './pool.ts';
import { createStepRunner } from './steps.ts';
import { whyUnreachable } from './why-unreachable.ts';

/** Whoever asks more often is told that nobody wrote. */
const lookEveryMs = 2_000;

class PostgresDatabase extends Kysely<Schema> implements StoreDatabase {
  readonly owner = randomUUID();
  readonly isShared = true;
  readonly whyUnusable = whyUnreachable;
  readonly look: StoreDatabase['look'];
  readonly transact: StoreDatabase['transact'];
  #lookedAt = performance.now();

  constructor(pool: Pool) {
    super({ dialect: createDialect(pool) });
    const { look, transact } = createStepRunner(pool, this);
    this.look = look;
    this.transact = transact;
  }

  atomically<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T> {
    return again(() => this.transaction().setIsolationLevel('repeatable read').execute(work));
  }

  changedOutside(): Promise<boolean> {
    const isDue = performance.now() - this.#lookedAt >= lookEveryMs;
    if (isDue) this.#lookedAt = performance.now();
    return Promise.resolve(isDue);
  }

  /** PostgreSQL's own vacuum does it in its own time. */
  scrub(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

/** A database of PostgreSQL, to which nothing is connected yet; other processes may use it at the same time. */
export function openPostgres(settings: PostgresSettings, log?: Pick<Log, 'info' | 'warn' | 'error'>): StoreDatabase {
  return new PostgresDatabase(createPool(settings, log));
}
