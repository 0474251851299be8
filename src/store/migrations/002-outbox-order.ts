import { sql, type Kysely } from 'kysely';

/** Deliveries in order per conversation, and dead letters. */
export async function orderOutbox(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.createIndex('tickets_of_conversation').on('tickets').columns(['conversation_id', 'opened_at']).execute();
  const alter = schema.alterTable('outbox');
  await alter.addColumn('conversation_id', 'text', (c) => c.notNull().defaultTo('')).execute();
  await alter.addColumn('place', 'integer', (c) => c.notNull().defaultTo(0)).execute();
  await alter.addColumn('died_at', 'bigint').execute();
  await alter.addColumn('reason', 'text').execute();
  await sql`update outbox set conversation_id =
    (select conversation_id from tickets where tickets.number = outbox.number)`.execute(db);
  await sql`update outbox set place =
    (select count(*) from tickets as mine join tickets as earlier on earlier.conversation_id = mine.conversation_id
      and (earlier.opened_at < mine.opened_at or (earlier.opened_at = mine.opened_at and earlier.number <= mine.number))
      where mine.number = outbox.number)
    where delivered_at is null`.execute(db);
  await schema.dropIndex('outbox_due').execute();
  await sql`create index outbox_due on outbox (next_at) where delivered_at is null and died_at is null`.execute(db);
  await sql`create unique index outbox_order on outbox (conversation_id, place) where delivered_at is null`.execute(db);
}
