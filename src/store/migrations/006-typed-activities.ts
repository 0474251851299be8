import { sql, type Kysely } from 'kysely';
import { toTyped, type WireActivity } from './006/activity.ts';
import { toVersion4 } from './006/state.ts';

/**
 * Activities are kept as what they are, not as Direct Line draws them; the words of the state, of columns and of a table are
 * those of the code. Row by row in pages: once, and as long as there are rows.
 */
export async function typeActivities(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('activities')
    .addColumn('at', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('activities').addColumn('author', 'text').execute();
  await rewriteActivities(db);
  await rewriteStates(db);
  for (const table of ['shown', 'feedback', 'outcomes'])
    await schema.alterTable(table).renameColumn('episode', 'complaint').execute();
  await schema.alterTable('escalations').renameTo('ticket_posts').execute();
  await sql`update audit set action = 'requeue' where action = 'revive'`.execute(db);
}

const page = 500;

interface OldActivity {
  readonly conversation_id: string;
  readonly seq: number;
  readonly activity: string;
  readonly user_id: string;
}

async function rewriteActivities(db: Kysely<unknown>): Promise<void> {
  let [id, seq] = ['', 0];
  for (;;) {
    const { rows } = await sql<OldActivity>`
      select a.conversation_id, a.seq, a.activity, c.user_id from activities a
      join conversations c on c.id = a.conversation_id
      where (a.conversation_id, a.seq) > (${id}, ${seq}) order by a.conversation_id, a.seq limit ${page}`.execute(db);
    for (const row of rows) {
      const { activity, at, author } = toTyped(JSON.parse(row.activity) as WireActivity, row.user_id);
      await sql`update activities set activity = ${JSON.stringify(activity)}, at = ${at}, author = ${author}
        where conversation_id = ${row.conversation_id} and seq = ${row.seq}`.execute(db);
    }
    const last = rows.at(-1);
    if (!last) return;
    [id, seq] = [last.conversation_id, last.seq];
  }
}

async function rewriteStates(db: Kysely<unknown>): Promise<void> {
  let id = '';
  for (;;) {
    const { rows } = await sql<{ id: string; state: string }>`
      select id, state from conversations where id > ${id} and state is not null order by id limit ${page}`.execute(db);
    for (const row of rows)
      await sql`update conversations set state = ${toVersion4(row.state)} where id = ${row.id}`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    ({ id } = last);
  }
}
