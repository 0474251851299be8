import type { SelectQueryBuilder } from 'kysely';
import type { Backlog } from '../domain/operations.ts';
import type { Database, Schema } from './schema.ts';

/** However much waits, a reading walks through no more of an index. */
const most = 10_000;

/** Counts what waits, off indexes that hold nothing else. */
export async function countBacklog(db: Database): Promise<Backlog> {
  const undelivered = db.selectFrom('outbox').where('delivered_at', 'is', null).where('died_at', 'is', null);
  const dead = db.selectFrom('outbox').where('died_at', 'is not', null);
  const waiting = db.selectFrom('work').where('state', '=', 'waiting');
  const oldest = await undelivered.select('written_at').orderBy('written_at').limit(1).executeTakeFirst();
  const longest = await waiting.select('since').orderBy('since').limit(1).executeTakeFirst();
  return {
    most,
    outbox: {
      waiting: await counted(db, undelivered.select('number')),
      oldest: oldest?.written_at ?? null,
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
