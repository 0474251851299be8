import { setImmediate } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import { feedbackReasons } from '../domain/outcome.ts';
import type { Random } from '../domain/ports.ts';
import type { Database, Schema } from './schema.ts';

/** So many activities go at once. */
const piece = 500;
const dayMs = 86_400_000;
const idLength = 22;

/** How many rows of each table were removed, or became nobody's. */
export interface Tally {
  readonly removed: Record<string, number>;
  readonly anonymous: Record<string, number>;
}

/** Nothing yet. */
export const emptyTally = (): Tally => ({ removed: {}, anonymous: {} });

interface Rows {
  readonly numDeletedRows?: bigint;
  readonly numUpdatedRows?: bigint;
}

/** Counts what a statement did to a table. */
export function tallied(into: Record<string, number>, table: string, done: Rows | readonly Rows[]): void {
  const results = [done].flat() as readonly Rows[];
  const rows = results.reduce((sum, one) => sum + Number(one.numDeletedRows ?? one.numUpdatedRows ?? 0n), 0);
  into[table] = (into[table] ?? 0) + rows;
}

/** Removes the older activities of a long conversation piece by piece, so that nobody waits for all of them. */
export async function trim(db: Database, id: string, lastSeq: number, { removed }: Tally): Promise<void> {
  for (let last = piece; last < lastSeq; last += piece) {
    const older = db.deleteFrom('activities').where('conversation_id', '=', id).where('seq', '<=', last);
    tallied(removed, 'activities', await older.execute());
    await setImmediate();
  }
}

/** Removes a conversation with all that belongs to it but its tickets; its figures become nobody's. */
export async function removeConversation(
  tx: Transaction<Schema>,
  id: string,
  random: Random,
  tally: Tally,
): Promise<void> {
  const { removed } = tally;
  await makeNobodys(tx, id, random, tally);
  for (const table of ['activities', 'screenshots', 'unanswered', 'addresses', 'tokens', 'reading'] as const)
    tallied(removed, table, await tx.deleteFrom(table).where('conversation_id', '=', id).execute());
  tallied(removed, 'conversations', await tx.deleteFrom('conversations').where('id', '=', id).execute());
}

/** What is counted stays together under another id, on its day, without anybody's own words. */
async function makeNobodys(tx: Transaction<Schema>, id: string, random: Random, { anonymous }: Tally): Promise<void> {
  const nobody = { conversation_id: `past_${random.id(idLength)}` };
  for (const table of ['outcomes', 'shown', 'feedback', 'article_feedback'] as const) {
    const done = await tx
      .updateTable(table)
      .set({ ...nobody, at: sql<number>`at / ${sql.lit(dayMs)} * ${sql.lit(dayMs)}` })
      .where('conversation_id', '=', id)
      .execute();
    tallied(anonymous, table, done);
  }
  for (const table of ['feedback', 'article_feedback'] as const)
    await tx
      .updateTable(table)
      .set({ reason: null })
      .where('conversation_id', '=', nobody.conversation_id)
      .where('reason', 'not in', feedbackReasons)
      .execute();
}

/** Removes tickets with all that belongs to them; their figures and their entries in the audit log become nobody's. */
export async function removeTickets(
  tx: Transaction<Schema>,
  numbers: readonly string[],
  random: Random,
  { removed, anonymous }: Tally,
): Promise<void> {
  if (numbers.length === 0) return;
  await countAsPast(tx, numbers);
  const entries = await tx.selectFrom('audit').select('id').where('number', 'in', numbers).execute();
  for (const { id } of entries) {
    const nobodys = { id: random.id(idLength), number: null, detail: null };
    tallied(anonymous, 'audit', await tx.updateTable('audit').set(nobodys).where('id', '=', id).execute());
  }
  for (const number of numbers) tallied(removed, 'outbox', await deliveriesOf(tx, number).execute());
  for (const table of ['notes', 'ticket_posts', 'work', 'tickets'] as const)
    tallied(removed, table, await tx.deleteFrom(table).where('number', 'in', numbers).execute());
}

/** Of the ticket and of what was written later: the id of that is the number with `/` and more behind it. */
function deliveriesOf(tx: Transaction<Schema>, number: string) {
  return tx
    .deleteFrom('outbox')
    .where((row) =>
      row.or([row('id', '=', number), row.and([row('id', '>=', `${number}/`), row('id', '<', `${number}0`)])]),
    );
}

async function countAsPast(tx: Transaction<Schema>, numbers: readonly string[]): Promise<void> {
  const rows = await tx
    .selectFrom('tickets')
    .innerJoin('work', 'work.number', 'tickets.number')
    .select(['opened_at', 'state', 'since', 'cause', 'true_cause'])
    .where('tickets.number', 'in', numbers)
    .execute();
  const past = rows.map(({ opened_at: openedAt, state, since, cause, true_cause }) => ({
    opened_on: firstOf(openedAt),
    closed_on: state === 'closed' ? firstOf(since) : null,
    ...{ cause, true_cause },
  }));
  if (past.length > 0) await tx.insertInto('past_tickets').values(past).execute();
}

const firstOf = (at: number) => Math.floor(at / dayMs) * dayMs;
