import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import { refusal } from './migrate.ts';
import { openPostgres } from './postgres/index.ts';
import type { PostgresSettings } from './postgres/pool.ts';
import type { Database, Schema } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';

/** A process that was killed is connected for a moment longer. */
const [triesToBeAlone, againMs] = [25, 200];

/** Runs with PostgreSQL over one connection; why it cannot be used is told as `config-invalid`. */
export async function withPostgres(settings: PostgresSettings, work: (db: StoreDatabase) => Promise<void>) {
  const db = openPostgres({ ...settings, connections: 1 });
  try {
    await work(db);
  } catch (error) {
    const why = db.whyUnusable(error);
    throw why === null ? error : refusal(`PostgreSQL cannot be used: ${why}`);
  } finally {
    await db.destroy();
  }
}

/** Throws `config-invalid` where another process of ours is connected. */
export async function demandAlone(db: Database): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    const { rows } = await sql`select from pg_stat_activity where datname = current_database()
      and application_name = 'latchkey' and pid <> pg_backend_pid()`.execute(db);
    if (rows.length === 0) return;
    if (tried === triesToBeAlone)
      throw refusal(`Latchkey is connected to that database (${rows.length} connections): stop its processes first`);
    await sleep(againMs);
  }
}

/** One transaction that may take as long as it does, with all of its waiting for the other side. */
export function atLength<T>(db: StoreDatabase, work: (tx: Transaction<Schema>) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await sql`set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`.execute(tx);
      return work(tx);
    });
}
