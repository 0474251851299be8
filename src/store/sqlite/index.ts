import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql, type Transaction } from 'kysely';
import { SupportError } from '../../domain/errors.ts';
import type { Log } from '../../domain/ports.ts';
import { lockDataFolder } from './data-lock.ts';
import { createConnection, type Connection } from './connection.ts';
import { createDialect } from './driver.ts';
import { createGroupCommit, createStepRunner, type Transact } from './group-commit.ts';
import { runNow, type Steps } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import type { StoreDatabase } from '../store-database.ts';
import { tellChanges } from '../tell-changes.ts';
import { whyUnusable } from './why-unusable.ts';

interface SqliteOptions {
  /** For how long another program that holds the database is waited for; ten seconds unless told. */
  readonly patienceMs?: number;
  /** Is told when nothing can be stored any more, and when it can be again; nobody unless told. */
  readonly log?: Pick<Log, 'info' | 'error'>;
  /** Another process may have it, too, and then goes on; false unless told. */
  readonly beside?: boolean;
  /** Nothing is changed in it; false unless told. */
  readonly readOnly?: boolean;
  /** What is in it at first, as SQLite's file of it; only in memory. Nothing unless told. */
  readonly begins?: Uint8Array;
}

class SqliteDatabase extends Kysely<Schema> implements StoreDatabase {
  readonly owner = 'the only one';
  readonly isShared = false;
  readonly whyUnusable = whyUnusable;
  readonly look: StoreDatabase['look'];
  readonly transact: Transact;
  #dataVersion: number | undefined;

  constructor(connection: Connection, closed: () => void) {
    super({ dialect: createDialect(connection, closed) });
    const run = createStepRunner(connection.db, this);
    this.look = <T>(steps: Steps<T>) => connection.read(() => runNow(run, steps));
    this.transact = createGroupCommit(connection, run);
  }

  atomically<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T> {
    return this.transaction().execute(work);
  }

  /** SQLite counts what other connections committed: the tools for privacy and for backups have their own. */
  async changedOutside(): Promise<boolean> {
    const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(this);
    const before = this.#dataVersion;
    this.#dataVersion = rows[0]?.data_version;
    return before !== undefined && before !== this.#dataVersion;
  }

  /** Moves all that was written ahead into the file, where what was removed is overwritten, and empties the log that had it. */
  async scrub(): Promise<boolean> {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(this);
    return rows[0]?.busy !== 1;
  }
}

/** The file of the database in a data folder. */
export function databaseIn(folder: string): string {
  return join(folder, 'latchkey.db');
}

/**
 * Opens (or makes) `latchkey.db` in `folder`, for this process alone unless told otherwise; `:memory:` keeps it in memory. Throws `config-invalid`
 * where it cannot be opened.
 */
export function openSqlite(folder: string, options: SqliteOptions = {}): StoreDatabase {
  try {
    return open(folder, options);
  } catch (cause) {
    const why = cause instanceof SupportError ? cause.message : (whyUnusable(cause) ?? String(cause));
    throw new SupportError('config-invalid', { cause, detail: `DATA_DIR (${folder}) cannot be used: ${why}` });
  }
}

function open(
  folder: string,
  { patienceMs = 10_000, log, beside = false, readOnly = false, begins }: SqliteOptions,
): StoreDatabase {
  const memory = folder === ':memory:';
  if (!memory) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const closed = memory || beside ? () => undefined : lockDataFolder(folder);
  try {
    const db = openFile(memory ? folder : databaseIn(folder), readOnly);
    if (begins) db.deserialize(begins);
    if (!memory && !readOnly) chmodSync(databaseIn(folder), 0o600);
    return new SqliteDatabase(createConnection({ db, patienceMs, wrote: tellChanges(log) }), closed);
  } catch (error) {
    closed();
    throw error;
  }
}

function openFile(file: string, readOnly: boolean): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly });
  if (readOnly) return db;
  // FULL: a commit survives power loss, not only a killed process (sqlite.org/pragma.html#pragma_synchronous).
  // The cache in KiB, negative as SQLite wants it: enough for the console's lists among a million tickets.
  db.exec(
    'pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -16384',
  );
  // What is removed or replaced is overwritten, not only left out.
  db.exec('pragma secure_delete = on');
  // From now on it would stop the thread.
  db.exec('pragma busy_timeout = 0');
  return db;
}
