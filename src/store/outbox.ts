import type { Outbox } from '../domain/ports.ts';
import type { Delivery, LaterMessage } from '../domain/ticket.ts';
import { changedOnBoards } from './escalations.ts';
import * as queries from './queries.ts';
import type { Database } from './schema.ts';
import { filed, fromRow } from './tickets.ts';

/** The stored deliveries. */
export function createOutbox(db: Database): Outbox {
  return {
    async claimDue(now, leaseUntil, limit) {
      const claimed = await queries.claimDue(db, { now, leaseUntil, limit });
      return claimed.length === 0 ? [] : deliveries(db, claimed);
    },
    async delivered(id, at, ref) {
      await db.transaction().execute(async (tx) => {
        const [row] = await queries.delivered(tx, { id, at });
        if (row?.seq !== null) return;
        const work = tx.updateTable('work').where('number', '=', row.number);
        if (ref) await work.set({ ref_id: ref.id, ref_url: ref.url }).execute();
        if (row.desk === 'built-in') return;
        await work.where('state', '=', 'waiting').set({ state: 'sent', since: at }).execute();
        await changedOnBoards(tx, { number: row.number });
      });
    },
    async retryAt(id, attempts, at) {
      await open(id, attempts).set({ next_at: at, leased_until: 0 }).execute();
    },
    async bury(id, attempts, { at, reason }) {
      await open(id, attempts).set({ died_at: at, reason, leased_until: 0 }).execute();
    },
    async revive(ticket) {
      const revived = await db
        .updateTable('outbox')
        .set({ died_at: null, reason: null, leased_until: 0 })
        .where('number', '=', ticket)
        .where('delivered_at', 'is', null)
        .where('died_at', 'is not', null)
        .returning('id')
        .execute();
      return revived.length > 0;
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

type Claimed = Awaited<ReturnType<typeof queries.claimDue>>[number];

async function deliveries(db: Database, claimed: readonly Claimed[]): Promise<readonly Delivery[]> {
  const numbers = claimed.map(({ number }) => number);
  const rows = await filed(db).where('tickets.number', 'in', numbers).orderBy('tickets.opened_at').execute();
  const found = await Promise.all(
    rows.flatMap((row) =>
      claimed
        .filter(({ number }) => number === row.number)
        .map(async ({ id, attempts, seq, conversation_id: conversationId }) => {
          const message = seq === null ? null : await messageAt(db, conversationId, seq);
          return { id, attempts, message, filed: fromRow(row) };
        }),
    ),
  );
  return found;
}

async function messageAt(db: Database, conversationId: string, seq: number): Promise<LaterMessage> {
  const { activity } = await db
    .selectFrom('activities')
    .select('activity')
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', seq)
    .executeTakeFirstOrThrow();
  const { text = '', timestamp = '' } = JSON.parse(activity) as { text?: string; timestamp?: string };
  return { seq, text, at: Date.parse(timestamp) };
}
