import { sql, type Kysely } from 'kysely';

/** Where conversations of Teams and Slack are sent to, and which account somebody there is. */
export async function addChannels(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('conversations')
    .addColumn('shared', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema
    .createTable('addresses')
    .addColumn('conversation_id', 'text', (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('sent_seq', 'integer', (c) => c.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('open_ref', 'text')
    .addColumn('open_seq', 'integer')
    .execute();
  await sql`create index addresses_due on addresses (due_at) where due_at is not null`.execute(db);
  await schema
    .createTable('links')
    .addColumn('channel_user', 'text', (c) => c.primaryKey())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('link_codes')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
}
