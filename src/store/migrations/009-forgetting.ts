import type { Kysely } from 'kysely';

/** What forgetting needs: when a talk was opened, what belongs to whom, and the figures of tickets that are gone. */
export async function prepareForgetting(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('conversations')
    .addColumn('opened_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema.createIndex('conversations_of_user').on('conversations').column('user_id').execute();
  await schema
    .createTable('past_tickets')
    .addColumn('opened_on', 'bigint', (c) => c.notNull())
    .addColumn('closed_on', 'bigint')
    .addColumn('cause', 'text')
    .addColumn('true_cause', 'text')
    .execute();
  await schema.createIndex('past_tickets_opened').on('past_tickets').column('opened_on').execute();
  await schema.createIndex('past_tickets_closed').on('past_tickets').column('closed_on').execute();
  await schema
    .createTable('nights')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
}
