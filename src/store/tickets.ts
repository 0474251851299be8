import type { Transaction } from 'kysely';
import type { Outbox, Queue, Tickets } from '../domain/ports.ts';
import type { FiledTicket, Ticket } from '../domain/ticket.ts';
import type { Database, Schema } from './schema.ts';

/** Writes a ticket and its delivery in the caller's transaction. */
export async function fileTicket(tx: Transaction<Schema>, ticket: Ticket, desk: string): Promise<void> {
  const { number, conversationId, openedAt } = ticket;
  const row = { number, conversation_id: conversationId, opened_at: openedAt, body: JSON.stringify(ticket) };
  await tx.insertInto('tickets').values(row).execute();
  await tx.insertInto('outbox').values({ number, desk, attempts: 0, next_at: openedAt, leased_until: 0 }).execute();
}

/** The stored tickets. */
export function createTickets(db: Database): Tickets {
  return {
    async newest(limit) {
      const rows = await filed(db).orderBy('tickets.opened_at', 'desc').limit(limit).execute();
      return rows.map(fromRow);
    },
    async find(number) {
      const row = await filed(db).where('tickets.number', '=', number).executeTakeFirst();
      return row ? fromRow(row) : null;
    },
  };
}

/** The stored deliveries. */
export function createOutbox(db: Database): Outbox {
  return {
    async claimDue(now, leaseUntil, limit) {
      const due = db
        .selectFrom('outbox')
        .select('number')
        .where('delivered_at', 'is', null)
        .where('next_at', '<=', now)
        .where('leased_until', '<=', now)
        .orderBy('next_at')
        .limit(limit);
      // The lease condition stands again outside: PostgreSQL re-checks only the outer one after the row lock.
      const claimed = await db
        .updateTable('outbox')
        .set((row) => ({ leased_until: leaseUntil, attempts: row('attempts', '+', 1) }))
        .where('number', 'in', due)
        .where('leased_until', '<=', now)
        .returning('number')
        .execute();
      if (claimed.length === 0) return [];
      const numbers = claimed.map((row) => row.number);
      const rows = await filed(db).where('tickets.number', 'in', numbers).orderBy('tickets.opened_at').execute();
      return rows.map(fromRow);
    },
    async delivered(number, at) {
      await db.updateTable('outbox').set({ delivered_at: at }).where('number', '=', number).execute();
    },
    async retryAt(number, at) {
      await db.updateTable('outbox').set({ next_at: at, leased_until: 0 }).where('number', '=', number).execute();
    },
  };
}

/** The stored queue of the built-in desk. */
export function createQueue(db: Database): Queue {
  return {
    async add(number, at) {
      await db
        .insertInto('queue')
        .values({ number, waiting_since: at })
        .onConflict((clash) => clash.column('number').doNothing())
        .execute();
    },
  };
}

function filed(db: Database) {
  return db
    .selectFrom('tickets')
    .innerJoin('outbox', 'outbox.number', 'tickets.number')
    .select(['tickets.body', 'outbox.desk', 'outbox.delivered_at', 'outbox.attempts']);
}

function fromRow(row: { body: string; desk: string; delivered_at: number | null; attempts: number }): FiledTicket {
  const ticket = JSON.parse(row.body) as Ticket;
  return { ticket, desk: row.desk, deliveredAt: row.delivered_at, attempts: row.attempts };
}
