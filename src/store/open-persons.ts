import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { SupportError } from '../domain/errors.ts';
import { createEvents } from '../domain/events.ts';
import type { Persons, Random } from '../domain/ports.ts';
import { migrations } from './migrations/index.ts';
import { createPersons } from './persons.ts';
import type { Database } from './schema.ts';
import { databaseIn, openSqlite } from './sqlite.ts';

/** What is stored of people; `close` when nothing is wanted any more. */
export interface OpenPersons extends Persons {
  close(): Promise<void>;
}

/**
 * Opens what is stored of people in a data folder, whose process may run meanwhile. Throws `config-invalid` where there is
 * no database, or one of another version.
 */
export async function openPersons(folder: string, random: Random): Promise<OpenPersons> {
  if (!existsSync(databaseIn(folder)))
    throw new SupportError('config-invalid', { detail: `there is no database in ${folder}` });
  const db = openSqlite(folder, { beside: true });
  try {
    await demandThisVersion(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { ...createPersons(db, { random, events: createEvents() }), close: () => db.destroy() };
}

/** What another version stores may stand where this one does not look. */
async function demandThisVersion(db: Database): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const applied = rows.map(({ name }) => name).join();
  if (applied === Object.keys(migrations).join()) return;
  throw new SupportError('config-invalid', { detail: 'its database is of another version: start this one first' });
}
