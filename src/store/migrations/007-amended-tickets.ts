import { sql, type Kysely } from 'kysely';
import type { SubjectFields } from '../../domain/subject.ts';
import { toVersion5 } from './007/state.ts';

/** Whose a ticket is, what a later message answers, and outcomes that do not take for solved what nobody said yet. */
export async function amendTickets(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('outbox').addColumn('question', 'text').execute();
  await schema.alterTable('tickets').addColumn('account_id', 'text').execute();
  await schema.alterTable('tickets').addColumn('user_id', 'text').execute();
  await nameCustomers(db);
  await schema
    .createIndex('tickets_of_customer')
    .on('tickets')
    .columns(['account_id', 'user_id', 'opened_at'])
    .execute();
  await sql`update outcomes set outcome = 'answered' where outcome = 'assumed'`.execute(db);
  await rewriteStates(db);
}

const page = 500;

/** Of those tickets that tell it. */
async function nameCustomers(db: Kysely<unknown>): Promise<void> {
  let after = '';
  for (;;) {
    const { rows } = await sql<{ number: string; body: string }>`
      select number, body from tickets where number > ${after} order by number limit ${page}`.execute(db);
    for (const { number, body } of rows) {
      const { who } = JSON.parse(body) as { readonly who?: { readonly subject?: SubjectFields | null } };
      if (!who?.subject) continue;
      const { accountId, userId } = who.subject;
      await sql`update tickets set account_id = ${accountId}, user_id = ${userId} where number = ${number}`.execute(db);
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.number;
  }
}

async function rewriteStates(db: Kysely<unknown>): Promise<void> {
  let id = '';
  for (;;) {
    const { rows } = await sql<{ id: string; state: string }>`
      select id, state from conversations where id > ${id} and state is not null order by id limit ${page}`.execute(db);
    for (const row of rows)
      await sql`update conversations set state = ${toVersion5(row.state)} where id = ${row.id}`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    ({ id } = last);
  }
}
