import { PostgresAdapter, sql, type Kysely } from 'kysely';
import type { Ticket } from '../../domain/ticket.ts';
import { termsOfTicket } from '../search-terms.ts';

/** What agents need among many tickets: to find them by words, who waits and since when, and which went on in another. */
export async function helpAgents(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('tickets')
    .addColumn('terms', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await takeUpTickets(db);
  await (db.getExecutor().adapter instanceof PostgresAdapter ? indexInPostgres(db) : indexInSqlite(db));
  for (const column of ['ranked', 'unread'])
    await schema
      .alterTable('work')
      .addColumn(column, 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  await schema.alterTable('work').addColumn('waits_since', 'bigint').execute();
  await schema.alterTable('work').addColumn('merged_into', 'text').execute();
  await sql`update work set waits_since = since where state = 'waiting'`.execute(db);
  await schema.createIndex('work_of_conversation').on('work').column('conversation_id').execute();
  await sql`create index work_unread on work (holder_id, state) where unread > 0`.execute(db);
  await sql`create index work_merged on work (merged_into) where merged_into is not null`.execute(db);
}

const page = 500;

async function takeUpTickets(db: Kysely<unknown>): Promise<void> {
  let after = '';
  for (;;) {
    const { rows } = await sql<{ number: string; body: string }>`
      select number, body from tickets where number > ${after} order by number limit ${page}`.execute(db);
    for (const { number, body } of rows) {
      const terms = termsOfTicket(JSON.parse(body) as Partial<Ticket>);
      await sql`update tickets set terms = ${terms} where number = ${number}`.execute(db);
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.number;
  }
}

/** The terms are words already: nothing of a language is to be done to them. */
async function indexInPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`create index tickets_by_terms on tickets
    using gin (array_to_tsvector(array_remove(string_to_array(terms, ' '), '')))`.execute(db);
  await sql`create index tickets_in_order on tickets (opened_at, number)`.execute(db);
}

/** The index holds no text of its own, and what is taken out of it is overwritten. */
async function indexInSqlite(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create virtual table ticket_index using
      fts5(terms, content = 'tickets', tokenize = 'ascii', detail = 'none', columnsize = 0, prefix = '1 2')`,
    `insert into ticket_index (ticket_index, rank) values ('secure-delete', 1)`,
    `insert into ticket_index (ticket_index) values ('rebuild')`,
    `create trigger tickets_indexed after insert on tickets begin
      insert into ticket_index (rowid, terms) values (new.rowid, new.terms);
    end`,
    `create trigger tickets_not_indexed after delete on tickets begin
      insert into ticket_index (ticket_index, rowid, terms) values ('delete', old.rowid, old.terms);
    end`,
    `create trigger tickets_indexed_anew after update of terms on tickets begin
      insert into ticket_index (ticket_index, rowid, terms) values ('delete', old.rowid, old.terms);
      insert into ticket_index (rowid, terms) values (new.rowid, new.terms);
    end`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
