import { sql, type Kysely } from 'kysely';

/** Who works on a ticket, who is signed in, what was done, what was shown, and what a customer writes to a desk. */
export async function addConsole(db: Kysely<unknown>): Promise<void> {
  await remakeOutbox(db);
  await addWork(db);
  await addPeople(db);
  await addFigures(db);
  await db.schema.alterTable('conversations').addColumn('answering', 'text').execute();
}

/** Its key becomes the delivery's, for a ticket may have several. */
async function remakeOutbox(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.dropIndex('outbox_due').execute();
  await schema.dropIndex('outbox_order').execute();
  await schema.alterTable('outbox').renameTo('outbox_before').execute();
  await schema
    .createTable('outbox')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer')
    .addColumn('desk', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('leased_until', 'bigint', (c) => c.notNull())
    .addColumn('delivered_at', 'bigint')
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('place', 'integer', (c) => c.notNull())
    .addColumn('died_at', 'bigint')
    .addColumn('reason', 'text')
    .execute();
  await sql`insert into outbox
    select number, number, null, desk, attempts, next_at, leased_until, delivered_at, conversation_id, place, died_at, reason
    from outbox_before`.execute(db);
  await schema.dropTable('outbox_before').execute();
  await sql`create index outbox_due on outbox (next_at) where delivered_at is null and died_at is null`.execute(db);
  await sql`create unique index outbox_order on outbox (conversation_id, place) where delivered_at is null`.execute(db);
  await sql`create index outbox_dead on outbox (died_at) where died_at is not null`.execute(db);
}

/** Takes the place of the queue; every ticket so far waits. */
async function addWork(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('work')
    .addColumn('number', 'text', (c) => c.primaryKey())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .addColumn('priority', 'integer', (c) => c.notNull())
    .addColumn('cause', 'text')
    .addColumn('customer', 'text')
    .addColumn('email', 'text')
    .addColumn('holder_id', 'text')
    .addColumn('holder_name', 'text')
    .addColumn('true_cause', 'text')
    .addColumn('solved', 'integer')
    .addColumn('ref_id', 'text')
    .addColumn('ref_url', 'text')
    .execute();
  await sql`insert into work (number, conversation_id, state, since, priority, cause, customer)
    select number, conversation_id, 'waiting', opened_at,
      case when body like '%"priority":"high"%' then 0 else 1 end, null, null from tickets`.execute(db);
  await schema.dropTable('queue').execute();
  for (const columns of [
    ['state', 'priority', 'since', 'number'],
    ['state', 'cause', 'priority', 'since', 'number'],
    ['state', 'since', 'number'],
    ['state', 'cause', 'since', 'number'],
    ['holder_id', 'state', 'since'],
    ['customer', 'since'],
    ['email', 'since'],
  ])
    await schema
      .createIndex(`work_by_${columns.join('_')}`)
      .on('work')
      .columns(columns)
      .execute();
  await schema
    .createTable('notes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('author_id', 'text', (c) => c.notNull())
    .addColumn('author_name', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('notes_of_ticket').on('notes').columns(['number', 'at']).execute();
}

async function addPeople(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('agent_sessions')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('agent', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('agent_sessions_over').on('agent_sessions').column('expires_at').execute();
  await schema
    .createTable('audit')
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('actor_id', 'text', (c) => c.notNull())
    .addColumn('actor_name', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('number', 'text')
    .addColumn('detail', 'text')
    .execute();
  await schema.createIndex('audit_newest').on('audit').columns(['at', 'id']).execute();
  await schema.createIndex('audit_of_ticket').on('audit').columns(['number', 'at']).execute();
}

/** What the figures are counted from. */
async function addFigures(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('shown')
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('episode', 'integer', (c) => c.notNull())
    .addColumn('article', 'text', (c) => c.notNull())
    .addColumn('cause', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('shown_once', ['conversation_id', 'episode', 'article', 'cause'])
    .execute();
  await schema
    .createTable('unanswered')
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('unanswered_once', ['conversation_id', 'seq'])
    .execute();
  for (const table of ['shown', 'unanswered', 'outcomes', 'feedback'])
    await schema.createIndex(`${table}_when`).on(table).column('at').execute();
}
