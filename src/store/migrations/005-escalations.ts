import { sql, type Kysely } from 'kysely';

/** What boards in Teams and Slack show of tickets, which agents their people are, and what a desk refused of a ticket. */
export async function addEscalations(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('escalations')
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('ref', 'text')
    .addColumn('wanted', 'integer', (c) => c.notNull())
    .addColumn('shown', 'integer', (c) => c.notNull())
    .addColumn('opened_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('escalation_once', ['number', 'channel'])
    .execute();
  await sql`create index escalations_due on escalations (channel, opened_at) where wanted > shown`.execute(db);
  await sql`create index outbox_dead_of_ticket on outbox (number) where died_at is not null`.execute(db);
  await schema
    .createTable('connected_agents')
    .addColumn('channel_user', 'text', (c) => c.primaryKey())
    .addColumn('agent', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
}
