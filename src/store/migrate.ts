import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { SupportError } from '../domain/errors.ts';
import { migrations } from './migrations/index.ts';
import type { StoreDatabase } from './store-database.ts';

/** Brings the tables up to date. Throws `config-invalid` where that cannot be done. */
export async function migrate(db: StoreDatabase): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new SupportError('config-invalid', { cause: error, detail: unusable(error, db) });
}

function unusable(error: unknown, db: StoreDatabase): string {
  const why = db.whyUnusable(error) ?? `this version cannot use its database: ${String(error)}`;
  return `${db.isShared ? 'DATABASE_URL' : 'DATA_DIR'} cannot be used: ${why}`;
}

/** For tools that change no tables: what another version stores may stand where this one does not look. Throws `config-invalid`. */
export async function demandThisVersion(db: StoreDatabase): Promise<void> {
  const names = (await migrationsIn(db)).join();
  if (names === '') throw refusal('there is nothing of Latchkey’s in its database');
  if (names !== Object.keys(migrations).join())
    throw refusal('its database is of another version: start this one first');
}

/** The names of those that were applied; none where nothing of ours is there. Throws `config-invalid` where it cannot be reached. */
export async function migrationsIn(db: StoreDatabase): Promise<readonly string[]> {
  try {
    const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
    if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    return rows.map(({ name }) => name);
  } catch (error) {
    if (db.whyUnusable(error) === null) throw error;
    throw new SupportError('config-invalid', { cause: error, detail: unusable(error, db) });
  }
}

/** An order that cannot be carried out, and why, for whoever gave it. */
export function refusal(detail: string): SupportError {
  return new SupportError('config-invalid', { detail });
}
