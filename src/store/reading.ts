import { sql } from 'kysely';
import type { Instant } from '../domain/instant.ts';
import type { PersonKey } from '../domain/privacy.ts';
import type { Read, Reading, Talk } from '../domain/ports.ts';
import { fromActivityRow, type ActivityRow } from './activities.ts';
import type { StoreNeeds } from './commit-turn.ts';
import { readCursor } from './cursor.ts';
import { prepare } from './prepared.ts';
import { createMailsDue } from './mails-due.ts';
import type { Database } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';

const mostUnread = 100;
/** Among so many of the newest activities there is one that is no event. */
const lastFew = 4;

// An event is none that waits to be read, nor is that somebody came or went; every reply is stored with this beginning.
const isUnread = sql<boolean>`a.seq > r.seen_seq and a.author is null and a.activity like '{"type":"reply"%'
  and a.activity not like '{"type":"reply","reply":{"kind":"person-%'`;

interface Said {
  readonly id: string;
  readonly name: string;
  readonly seq: number;
  readonly at: number;
}
/** A person said something in a conversation: it waits for being read. */
export const personSaid = prepare<Said>()((db, value) =>
  db
    .updateTable('reading')
    .set({
      person: value('name'),
      person_seq: value('seq'),
      unread_since: sql<number>`coalesce(unread_since, cast(${value('at')} as bigint))`,
    })
    .where('conversation_id', '=', value('id')),
);

/** How far each conversation is read. */
export function createReading(db: StoreDatabase, { clock, events }: Pick<StoreNeeds, 'clock' | 'events'>): Reading {
  return {
    async begin(id, subject) {
      const whose = { account_id: subject?.accountId ?? null, user_id: subject?.userId ?? null };
      await db
        .insertInto('reading')
        .values({ conversation_id: id, ...whose, opened_at: clock.now() })
        .onConflict((clash) => clash.column('conversation_id').doNothing())
        .execute();
    },

    async unreadOf({ accountId, userId }, except = null) {
      const unread = db
        .selectFrom('reading as r')
        .innerJoin('conversations as c', 'c.id', 'r.conversation_id')
        .innerJoin('activities as a', 'a.conversation_id', 'r.conversation_id')
        .select(sql.lit(1).as('one'))
        .where('r.account_id', '=', accountId)
        .where('r.user_id', '=', userId)
        .whereRef('c.last_seq', '>', 'r.seen_seq')
        .where(isUnread)
        .$if(except !== null, (query) => query.where('r.conversation_id', '!=', except ?? ''))
        .limit(mostUnread);
      const { count } = await db
        .selectFrom(unread.as('u'))
        .select((row) => row.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return count;
    },

    async talksOf(person, limit, before) {
      const after = before === undefined ? null : readCursor(before);
      const rows = await db
        .selectFrom(active(db, person).as('one'))
        .selectAll()
        .$if(after !== null, (query) =>
          query.where((row) => row(row.refTuple('activeAt', 'id'), '<', row.tuple(after?.at ?? 0, after?.id ?? ''))),
        )
        .orderBy('activeAt', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return inOrder(db, rows);
    },

    async personOf(id) {
      const row = await db
        .selectFrom('reading')
        .select(['account_id', 'user_id'])
        .where('conversation_id', '=', id)
        .executeTakeFirst();
      const { account_id: accountId = null, user_id: userId = null } = row ?? {};
      return accountId === null || userId === null ? null : { accountId, userId };
    },

    async find(id) {
      const row = await db
        .selectFrom('reading')
        .select(['seen_seq', 'here_until'])
        .where('conversation_id', '=', id)
        .executeTakeFirst();
      return row ? ({ seenSeq: row.seen_seq, hereUntil: row.here_until } satisfies Read) : null;
    },

    async seen(id, seq) {
      const changed = await db
        .updateTable('reading')
        .set({
          seen_seq: seq,
          unread_since: sql<number>`case when person_seq <= ${seq} then null else unread_since end`,
          mail_to_seq: sql<number>`case when mail_to_seq <= ${seq} then null else mail_to_seq end`,
        })
        .where('conversation_id', '=', id)
        .where('seen_seq', '<', seq)
        .returning('conversation_id')
        .execute();
      if (changed.length > 0) events.emit('reading-changed', id);
    },

    async here(ids, until) {
      if (ids.length === 0) return;
      await db.updateTable('reading').set({ here_until: until }).where('conversation_id', 'in', ids).execute();
    },

    ...createMailsDue(db),
  };
}

interface Active {
  readonly id: string;
  readonly activeAt: Instant;
}

/** A person's conversations, each with when the last thing happened in it. */
function active(db: Database, { accountId, userId }: PersonKey) {
  const last = sql<Instant>`coalesce((select a.at from activities a
    where a.conversation_id = c.id and a.seq = c.last_seq), r.opened_at)`;
  return db
    .selectFrom('reading as r')
    .innerJoin('conversations as c', 'c.id', 'r.conversation_id')
    .select(['r.conversation_id as id', last.as('activeAt')])
    .where('r.account_id', '=', accountId)
    .where('r.user_id', '=', userId);
}

/** These conversations as they are listed. */
async function inOrder(db: Database, order: readonly Active[]): Promise<readonly Talk[]> {
  if (order.length === 0) return [];
  const ids = order.map(({ id }) => id);
  const [rows, last] = [await talks(db).where('r.conversation_id', 'in', ids).execute(), await lastSaid(db, ids)];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return order.flatMap(({ id, activeAt }): Talk[] => {
    const { state = null, ...row } = byId.get(id) ?? {};
    if (!('openedAt' in row)) return [];
    return [{ ...row, activeAt, last: last.get(id) ?? null, isWaiting: state !== null && state !== 'closed' }];
  });
}

/** Each with what it takes to list it, however much was said in it. */
function talks(db: Database) {
  const unread = sql<number>`(select count(*) from (select 1 from activities a
    where a.conversation_id = r.conversation_id and ${isUnread} limit ${sql.lit(mostUnread)}) as u)`;
  return db
    .selectFrom('reading as r')
    .leftJoin('work as w', (join) =>
      join.on('w.number', '=', (row) =>
        row
          .selectFrom('tickets as t')
          .select('t.number')
          .whereRef('t.conversation_id', '=', 'r.conversation_id')
          .orderBy('t.opened_at', 'desc')
          .limit(1),
      ),
    )
    .select([
      'r.conversation_id as id',
      'r.opened_at as openedAt',
      'r.person',
      'r.seen_seq as seenSeq',
      'w.number as ticket',
      'w.state',
      unread.as('unread'),
    ]);
}

/** The last thing that was said in each of these. */
async function lastSaid(db: Database, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, ReturnType<typeof fromActivityRow>>();
  const rows: (ActivityRow & { readonly conversation_id: string })[] = await db
    .selectFrom('conversations as c')
    .innerJoin('activities as a', 'a.conversation_id', 'c.id')
    .select(['a.conversation_id', 'a.seq', 'a.activity', 'a.at', 'a.author'])
    .where('c.id', 'in', ids)
    .where(sql<boolean>`a.seq > c.last_seq - ${sql.lit(lastFew)}`)
    .orderBy('a.seq')
    .execute();
  const said = rows.map((row) => [row.conversation_id, fromActivityRow(row)] as const);
  return new Map(said.filter(([, { type }]) => type !== 'event'));
}
