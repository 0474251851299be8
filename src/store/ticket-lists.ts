import { sql } from 'kysely';
import type { TicketQuery } from '../domain/ports.ts';
import type { Database } from './schema.ts';

type View = Exclude<TicketQuery['view'], 'dead'>;

const urgentFirst = ['priority', 'since', 'number'] as const;
const byTime = ['since', 'number'] as const;

/** The numbers of one page of tickets: every view walks an index on from where the page before ended. */
export async function listed(db: Database, { view, holder, cause, after, limit }: TicketQuery): Promise<string[]> {
  if (view === 'dead') return deadLetters(db, limit);
  const columns = view === 'waiting' ? urgentFirst : byTime;
  const direction = view === 'sent' || view === 'closed' ? 'desc' : 'asc';
  let query = numbersIn(db, view, holder).limit(limit);
  if (cause !== undefined) query = query.where('cause', '=', cause);
  for (const column of columns) query = query.orderBy(column, direction);
  const last = after === undefined ? undefined : await placeOf(db, after);
  if (last) {
    const here = sql.join(columns.map((column) => sql.ref(column)));
    const there = sql.join(columns.map((column) => last[column]));
    query = query.where(sql<boolean>`(${here}) ${sql.raw(direction === 'asc' ? '>' : '<')} (${there})`);
  }
  return (await query.execute()).map(({ number }) => number);
}

/** How many tickets there are in a view, counted to `most` and no further. */
export async function countIn(
  db: Database,
  { view, holder }: Pick<TicketQuery, 'view' | 'holder'>,
  most: number,
): Promise<number> {
  if (view === 'dead') return (await deadLetters(db, most)).length;
  return counted(db, numbersIn(db, view, holder).limit(most));
}

async function counted(db: Database, some: ReturnType<typeof numbersIn>): Promise<number> {
  const { count } = await db
    .selectFrom(some.as('some'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** How many somebody has with something unread, counted to `most` and no further. */
export async function countUnread(db: Database, holder: string, most: number): Promise<number> {
  // A literal: with a parameter the index that holds nothing else is not used.
  const unread = numbersIn(db, 'mine', holder).where('unread', '>', sql.lit(0));
  return counted(db, unread.limit(most));
}

function numbersIn(db: Database, view: View, holder = '') {
  const work = db.selectFrom('work').select('number');
  if (view === 'mine') return work.where('holder_id', '=', holder).where('state', '=', 'claimed');
  return work.where('state', '=', view);
}

function placeOf(db: Database, number: string) {
  return db.selectFrom('work').select(['priority', 'since', 'number']).where('number', '=', number).executeTakeFirst();
}

async function deadLetters(db: Database, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('number')
    .where('died_at', 'is not', null)
    .groupBy('number')
    .orderBy(({ fn }) => fn.max('died_at'), 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ number }) => number);
}
