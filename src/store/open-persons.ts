import { existsSync } from 'node:fs';
import { createEvents } from '../domain/events.ts';
import type { Persons, Random } from '../domain/ports.ts';
import { demandThisVersion, refusal } from './migrate.ts';
import { createPersons } from './persons.ts';
import { openPostgres } from './postgres/index.ts';
import type { PostgresSettings } from './postgres/pool.ts';
import { startRelay } from './postgres/relay.ts';
import { databaseIn, openSqlite } from './sqlite/index.ts';

/** What is stored of people; `close` when nothing is wanted any more. */
export interface OpenPersons extends Persons {
  close(): Promise<void>;
}

/** Where it is stored: in PostgreSQL, or, where there is none, in a data folder. */
interface Stored {
  readonly dataDir: string;
  readonly database: PostgresSettings | null;
}

/**
 * Opens what is stored of people, while processes run or not: they hear of what is erased. Throws `config-invalid` where
 * there is no database, or one of another version.
 */
export async function openPersons({ dataDir, database }: Stored, random: Random): Promise<OpenPersons> {
  if (!database && !existsSync(databaseIn(dataDir))) throw refusal(`there is no database in ${dataDir}`);
  const db = database ? openPostgres(database) : openSqlite(dataDir, { beside: true });
  try {
    await demandThisVersion(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const events = createEvents();
  // Whoever does not hear it looks for it, within two seconds.
  const log = { info: () => undefined, warn: () => undefined };
  const relay = database && startRelay({ settings: database, events, owner: db.owner, log });
  return {
    ...createPersons(db, { random, events }),
    async close() {
      await relay?.stop();
      await db.destroy();
    },
  };
}
