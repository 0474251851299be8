import { PostgresAdapter, sql, type Kysely } from 'kysely';

/** Since when each delivery waits, and the oldest of them by one step in an index. */
export async function ageOutbox(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('outbox')
    .addColumn('written_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  // Of the version before, which runs beside this one and does not write it.
  if (db.getExecutor().adapter instanceof PostgresAdapter)
    await sql`alter table outbox alter column written_at set default (extract(epoch from clock_timestamp()) * 1000)::bigint`.execute(
      db,
    );
  await sql`update outbox set written_at = coalesce(
    (select at from activities where activities.conversation_id = outbox.conversation_id and activities.seq = outbox.seq),
    (select opened_at from tickets where tickets.number = outbox.number), 0) where delivered_at is null`.execute(db);
  await sql`create index outbox_age on outbox (written_at) where delivered_at is null and died_at is null`.execute(db);
}
