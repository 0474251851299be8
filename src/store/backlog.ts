import type { SelectQueryBuilder } from 'kysely';
import type { Instant } from '../domain/instant.ts';
import type { Backlog } from '../domain/operations.ts';
import type { Database, Schema } from './schema.ts';

/** However much waits, a reading walks through no more of an index. */
const most = 10_000;
/** Of those that are due first; a retry is at most six minutes away, so the oldest is hardly further behind. */
const mostSeen = 200;

/** Counts what waits, off indexes that hold nothing else. */
export async function countBacklog(db: Database): Promise<Backlog> {
  const undelivered = db.selectFrom('outbox').where('delivered_at', 'is', null).where('died_at', 'is', null);
  const dead = db.selectFrom('outbox').where('died_at', 'is not', null);
  const waiting = db.selectFrom('work').where('state', '=', 'waiting');
  const longest = await waiting.select('since').orderBy('since').limit(1).executeTakeFirst();
  return {
    most,
    outbox: {
      waiting: await counted(db, undelivered.select('number')),
      oldest: await oldestIn(db),
      dead: await counted(db, dead.select('number')),
    },
    tickets: { waiting: await counted(db, waiting.select('number')), oldest: longest?.since ?? null },
  };
}

type Numbers = SelectQueryBuilder<Schema, 'outbox' | 'work', { number: string }>;

async function counted(db: Database, some: unknown): Promise<number> {
  const { count } = await db
    .selectFrom((some as Numbers).limit(most).as('some'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** When the oldest of what is to be brought was written: a later message by itself, a ticket when it was opened. */
async function oldestIn(db: Database): Promise<Instant | null> {
  const first = db
    .selectFrom('outbox')
    .select(['number', 'conversation_id', 'seq'])
    .where('delivered_at', 'is', null)
    .where('died_at', 'is', null)
    .orderBy('next_at')
    .limit(mostSeen)
    .as('first');
  const rows = await db
    .selectFrom(first)
    .innerJoin('tickets', 'tickets.number', 'first.number')
    .leftJoin('activities', (join) =>
      join.onRef('activities.conversation_id', '=', 'first.conversation_id').onRef('activities.seq', '=', 'first.seq'),
    )
    .select(['tickets.opened_at', 'activities.at'])
    .execute();
  if (rows.length === 0) return null;
  return Math.min(...rows.map(({ opened_at, at }) => at ?? opened_at));
}
