import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { SupportError } from '../domain/errors.ts';
import type { Clock, Store } from '../domain/ports.ts';
import { createConversations } from './conversations.ts';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';
import { createOutbox, createQueue, createTickets } from './tickets.ts';
import { createTokens } from './tokens.ts';

/** The store on an open database, its tables brought up to date; `desk` names where new tickets will go. */
export async function createStore(db: Database, clock: Clock, desk: string): Promise<Store> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new SupportError('config-invalid', { cause: error, detail: unusable(error) });
  return {
    ...createConversations(db, clock, desk),
    tokens: createTokens(db, clock),
    tickets: createTickets(db),
    outbox: createOutbox(db),
    queue: createQueue(db),
    async ready() {
      await sql`update claims set until = until where id = ''`.execute(db);
    },
    close: () => db.destroy(),
  };
}

function unusable(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `DATA_DIR holds a store that this version cannot use: ${why}`;
}
