import { sql, type Kysely } from 'kysely';

/** What the first version stored. */
export async function createTables(db: Kysely<unknown>): Promise<void> {
  const table = db.schema.createTable.bind(db.schema);
  await table('conversations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('subject', 'text')
    .addColumn('locale', 'text', (c) => c.notNull())
    .addColumn('state', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('last_seq', 'integer', (c) => c.notNull())
    .execute();
  await table('activities')
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('client_id', 'text')
    .addColumn('attempts', 'integer')
    .addColumn('activity', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('activities_key', ['conversation_id', 'seq'])
    .addUniqueConstraint('activities_once', ['conversation_id', 'client_id'])
    .execute();
  await db.schema
    .createIndex('activities_pending')
    .on('activities')
    .columns(['conversation_id', 'seq'])
    .where(sql.ref('attempts'), 'is not', null)
    .execute();
  await table('tickets')
    .addColumn('number', 'text', (c) => c.primaryKey())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('opened_at', 'bigint', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('tickets_newest').on('tickets').column('opened_at').execute();
  await table('outbox')
    .addColumn('number', 'text', (c) => c.primaryKey())
    .addColumn('desk', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('leased_until', 'bigint', (c) => c.notNull())
    .addColumn('delivered_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('outbox_due')
    .on('outbox')
    .column('next_at')
    .where(sql.ref('delivered_at'), 'is', null)
    .execute();
  await table('queue')
    .addColumn('number', 'text', (c) => c.primaryKey())
    .addColumn('waiting_since', 'bigint', (c) => c.notNull())
    .execute();
  await table('feedback')
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('episode', 'integer', (c) => c.notNull())
    .addColumn('answered', 'integer', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('cause', 'text')
    .addColumn('article', 'text')
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('feedback_key', ['conversation_id', 'episode'])
    .execute();
  await table('outcomes')
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('episode', 'integer', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('cause', 'text')
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('outcomes_key', ['conversation_id', 'episode'])
    .execute();
  await table('tokens')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('refreshable_until', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('tokens_over').on('tokens').column('refreshable_until').execute();
  await table('claims')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('claims_over').on('claims').column('until').execute();
}
