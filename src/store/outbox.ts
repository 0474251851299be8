import type { Activity, Outbox } from '../domain/ports.ts';
import type { Events } from '../domain/events.ts';
import { wordsWithScreenshots } from '../domain/screenshots.ts';
import type { Delivery, LaterMessage } from '../domain/ticket.ts';
import { markPostsStale } from './ticket-posts.ts';
import { runOn, type Steps } from './prepared.ts';
import * as queries from './ticket-queries.ts';
import type { Database } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';
import { builtIn, filed, fromRow } from './tickets.ts';

/** The stored deliveries. */
export function createOutbox(db: StoreDatabase, events: Events): Outbox {
  return {
    async claimDue(now, leaseUntil, limit) {
      const claimed = await runOn(db, queries.claimDue({ now, leaseUntil, limit }));
      return claimed.length === 0 ? [] : deliveries(db, claimed);
    },
    async delivered(id, at, ref) {
      const number = await db.atomically(async (tx) => {
        const [row] = await runOn(tx, queries.delivered({ id, at }));
        if (row?.seq !== null) return row?.number;
        const work = tx.updateTable('work').where('number', '=', row.number);
        if (ref) await work.set({ ref_id: ref.id, ref_url: ref.url }).execute();
        if (row.desk === builtIn) return row.number;
        await work.where('state', '=', 'waiting').set({ state: 'sent', since: at }).execute();
        await runOn(tx, markPostsStale({ number: row.number }));
        return row.number;
      });
      if (number !== undefined) events.emit('ticket-changed', number);
    },
    async retryAt(id, attempts, at) {
      await open(id, attempts).set({ next_at: at, leased_until: 0 }).execute();
    },
    async deadLetter(id, attempts, { at, reason }) {
      const dead = open(id, attempts).set({ died_at: at, reason, leased_until: 0 }).returning('number');
      for (const { number } of await dead.execute()) events.emit('ticket-changed', number);
    },
    async requeue(ticket) {
      const requeued = await db
        .updateTable('outbox')
        .set({ died_at: null, reason: null, leased_until: 0 })
        .where('number', '=', ticket)
        .where('delivered_at', 'is', null)
        .where('died_at', 'is not', null)
        .returning('id')
        .execute();
      if (requeued.length > 0) events.emit('ticket-changed', ticket);
      return requeued.length > 0;
    },
  };

  /** A delivery that whoever claimed it the n-th time still holds. */
  function open(id: string, attempts: number) {
    return db
      .updateTable('outbox')
      .where('id', '=', id)
      .where('attempts', '=', attempts)
      .where('delivered_at', 'is', null)
      .where('died_at', 'is', null);
  }
}

type Claimed = ReturnType<typeof queries.claimDue> extends Steps<(infer R)[]> ? R : never;

async function deliveries(db: Database, claimed: readonly Claimed[]): Promise<readonly Delivery[]> {
  const numbers = claimed.map(({ number }) => number);
  const rows = await filed(db).where('tickets.number', 'in', numbers).orderBy('tickets.opened_at').execute();
  const found = await Promise.all(
    rows.flatMap((row) =>
      claimed
        .filter(({ number }) => number === row.number)
        .map(async ({ id, attempts, seq, question, conversation_id: conversationId }) => {
          const message = seq === null ? null : await messageAt(db, conversationId, seq, question);
          return { id, attempts, message, filed: fromRow(row) };
        }),
    ),
  );
  return found;
}

/** An answer stands behind what it answers. */
async function messageAt(db: Database, conversationId: string, seq: number, question: string | null) {
  const { activity, at } = await db
    .selectFrom('activities')
    .select(['activity', 'at'])
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', seq)
    .executeTakeFirstOrThrow();
  const one = JSON.parse(activity) as Activity;
  if (one.type === 'reply') return { seq, ours: true, text: one.reply.text, at } satisfies LaterMessage;
  const words = one.type === 'message' ? wordsWithScreenshots(one.text, one.screenshots) : '';
  const text = question === null || words === '' ? words : `${question} – ${words}`;
  return { seq, text, at } satisfies LaterMessage;
}
