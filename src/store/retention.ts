import { setImmediate } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import type { Events } from '../domain/events.ts';
import type { Instant } from '../domain/instant.ts';
import type { Random } from '../domain/ports.ts';
import type { Place, Retention } from '../domain/privacy.ts';
import { doubtMs } from './doubt.ts';
import { emptyTally, removeConversation, removeTickets, trim } from './forget.ts';
import { expiring, removeOver } from './remove-over.ts';
import type { Database, Schema } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';

/** So many are looked at in one call. */
const page = 200;
/** So many are removed in one transaction. */
const atOnce = 5;
/** So many rows of what is over go at once. */
const piece = 500;
/** By so much the time of a night may be ahead of the one before. */
const mostAheadMs = 2 * 86_400_000;

/** What is forgotten of the stored. */
export function createRetention(db: StoreDatabase, { random, events }: { random: Random; events: Events }): Retention {
  return {
    async night(now) {
      const before = await db.selectFrom('nights').select('at').where('name', '=', 'retention').executeTakeFirst();
      const at = before ? Math.min(now, before.at + mostAheadMs) : now;
      await db
        .insertInto('nights')
        .values({ name: 'retention', at })
        .onConflict((clash) => clash.column('name').doUpdateSet({ at }))
        .execute();
      return before ? at : null;
    },

    async forgetTickets(before, after) {
      const looked = await closedTickets(db, before, after);
      let count = 0;
      for (const some of chunks(looked.map(({ number }) => number))) {
        count += await db.atomically((tx) => forgetTickets(tx, some, before, random));
        await setImmediate();
      }
      const last = looked.length === page ? looked.at(-1) : undefined;
      return { count, next: last ? [last.since, last.number] : null };
    },

    async forgetScreenshots(before, after) {
      const looked = await oldScreenshots(db, before, after);
      const over = looked.filter(({ open }) => open === null).map(({ id }) => id);
      for (const some of chunks(over)) {
        await db.deleteFrom('screenshots').where('id', 'in', some).execute();
        await setImmediate();
      }
      const last = looked.length === page ? looked.at(-1) : undefined;
      return { count: over.length, next: last ? [last.at, last.id] : null };
    },

    async forgetConversations(before, after) {
      const looked = await talks(db)
        .where('c.id', '>', after?.[1] ?? '')
        .orderBy('c.id')
        .limit(page)
        .execute();
      const silent = looked.filter(({ heard, ticket }) => heard < before && ticket === null);
      const gone: string[] = [];
      for (const some of chunks(silent)) {
        for (const { id, last_seq: lastSeq } of some) await trim(db, id, lastSeq, emptyTally());
        const ids = some.map(({ id }) => id);
        gone.push(...(await db.atomically((tx) => forgetConversations(tx, ids, before, random))));
        await setImmediate();
      }
      events.emit('conversations-gone', gone);
      const last = looked.length === page ? looked.at(-1) : undefined;
      return { count: gone.length, next: last ? [0, last.id] : null };
    },

    async forgetExpired(now) {
      const over = now - doubtMs;
      for (const one of Object.values(expiring))
        while ((await removeOver(db, one, over, piece)) === piece) await setImmediate();
    },

    scrub: () => db.scrub(),
  };
}

function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / atOnce) }, (_, i) => all.slice(i * atOnce, (i + 1) * atOnce));
}

/** Closed before then; in the order in which they were closed. */
function closedTickets(db: Database, before: Instant, after: Place | null) {
  const [since, number] = after ?? [-1, ''];
  return db
    .selectFrom('work')
    .select(['number', 'since'])
    .where('state', '=', 'closed')
    .where('since', '<', before)
    .where(sql<boolean>`(since, number) > (${since}, ${number})`)
    .orderBy('since')
    .orderBy('number')
    .limit(page)
    .execute();
}

/** Sent before then, in that order; `open`: a ticket for which one may still be wanted. */
function oldScreenshots(db: Database, before: Instant, after: Place | null) {
  const [at, id] = after ?? [-1, ''];
  return db
    .selectFrom('screenshots as s')
    .select((row) => [
      's.id',
      's.at',
      row
        .selectFrom('work as w')
        .leftJoin('work as into', 'into.number', 'w.merged_into')
        .select('w.number')
        .whereRef('w.conversation_id', '=', 's.conversation_id')
        .where((ticket) => ticket.or([ticket('w.state', '!=', 'closed'), ticket('into.state', '!=', 'closed')]))
        .limit(1)
        .as('open'),
    ])
    .where('s.at', '<', before)
    .where(sql<boolean>`(s.at, s.id) > (${at}, ${id})`)
    .orderBy('s.at')
    .orderBy('s.id')
    .limit(page)
    .execute();
}

/** Of these tickets those of which nobody wants anything any more. */
async function forgetTickets(tx: Transaction<Schema>, numbers: readonly string[], before: Instant, random: Random) {
  const over = await tx
    .selectFrom('work as w')
    .leftJoin('conversations as c', 'c.id', 'w.conversation_id')
    .leftJoin('activities as a', (join) =>
      join.onRef('a.conversation_id', '=', 'c.id').onRef('a.seq', '=', 'c.last_seq'),
    )
    .select('w.number')
    .where('w.number', 'in', numbers)
    // By their numbers: with a bare column SQLite walks through all that are closed.
    .where(sql<boolean>`w.state || '' = 'closed' and w.since + 0 < ${before}`)
    .where(sql<boolean>`coalesce(a.at, 0) < ${before}`)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('outbox')
            .select('outbox.id')
            .whereRef('outbox.conversation_id', '=', 'w.conversation_id')
            .whereRef('outbox.number', '=', 'w.number')
            .where('delivered_at', 'is', null),
        ),
      ),
    )
    .execute();
  await removeTickets(
    tx,
    over.map(({ number }) => number),
    random,
    emptyTally(),
  );
  return over.length;
}

/** Conversations with when they were last heard of, and one of their tickets. */
function talks(db: Database | Transaction<Schema>) {
  return db
    .selectFrom('conversations as c')
    .leftJoin('activities as a', (join) =>
      join.onRef('a.conversation_id', '=', 'c.id').onRef('a.seq', '=', 'c.last_seq'),
    )
    .select((row) => [
      'c.id',
      'c.user_id',
      'c.last_seq',
      sql<number>`coalesce(a.at, c.opened_at)`.as('heard'),
      row
        .selectFrom('tickets')
        .select('tickets.number')
        .whereRef('tickets.conversation_id', '=', 'c.id')
        .limit(1)
        .as('ticket'),
    ]);
}

/** Of these those that are still silent; whoever is known in a channel by nothing else is known no longer. */
async function forgetConversations(tx: Transaction<Schema>, ids: readonly string[], before: Instant, random: Random) {
  const found = await talks(tx).where('c.id', 'in', ids).execute();
  const silent = found.filter(({ heard, ticket }) => heard < before && ticket === null);
  for (const { id } of silent) await removeConversation(tx, id, random, emptyTally());
  for (const { user_id: user } of silent)
    await tx
      .deleteFrom('links')
      .where('channel_user', '=', user)
      .where('at', '<', before)
      .where((row) => row.not(row.exists(row.selectFrom('conversations').select('id').where('user_id', '=', user))))
      .execute();
  return silent.map(({ id }) => id);
}
