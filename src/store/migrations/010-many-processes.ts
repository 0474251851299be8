import type { Kysely } from 'kysely';

/** What processes that share a database agree on: who answers a conversation, who does what only one may, what is good once, who has asked too often. */
export async function shareWork(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('conversations').addColumn('turn_owner', 'text').execute();
  await schema
    .alterTable('conversations')
    .addColumn('turn_until', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema
    .createTable('leases')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('leases_over').on('leases').column('until').execute();
  await schema
    .createTable('one_time')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('opens', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('one_time_over').on('one_time').column('until').execute();
  await schema.createIndex('one_time_opens').on('one_time').columns(['purpose', 'opens']).execute();
  // In the order of rate-limiter-flexible's own columns.
  await schema
    .createTable('limits')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('points', 'integer', (c) => c.notNull())
    .addColumn('expire', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('limits_over').on('limits').column('expire').execute();
  await schema
    .createTable('shared_keys')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('key', 'text', (c) => c.notNull())
    .execute();
}
