import type { Selectable, Transaction } from 'kysely';
import type { Outbox, Queue, Tickets } from '../domain/ports.ts';
import type { FiledTicket, Ticket } from '../domain/ticket.ts';
import * as queries from './queries.ts';
import type { Database, Schema } from './schema.ts';

/** Writes a ticket and its delivery in the caller's transaction. */
export async function fileTicket(tx: Transaction<Schema>, ticket: Ticket, desk: string): Promise<void> {
  const { number, conversationId, openedAt } = ticket;
  const row = { number, conversation_id: conversationId, opened_at: openedAt, body: JSON.stringify(ticket) };
  await tx.insertInto('tickets').values(row).execute();
  const [{ place } = { place: 1 }] = await queries.nextPlace(tx, { id: conversationId });
  const delivery = { number, desk, attempts: 0, next_at: openedAt, leased_until: 0 };
  await tx
    .insertInto('outbox')
    .values({ ...delivery, conversation_id: conversationId, place })
    .execute();
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
      const claimed = await queries.claimDue(db, { now, leaseUntil, limit });
      if (claimed.length === 0) return [];
      const numbers = claimed.map((row) => row.number);
      const rows = await filed(db).where('tickets.number', 'in', numbers).orderBy('tickets.opened_at').execute();
      return rows.map(fromRow);
    },
    async delivered(number, at) {
      await queries.delivered(db, { number, at });
    },
    async retryAt(number, attempts, at) {
      await open(number, attempts).set({ next_at: at, leased_until: 0 }).execute();
    },
    async bury(number, attempts, { at, reason }) {
      await open(number, attempts).set({ died_at: at, reason, leased_until: 0 }).execute();
    },
    async revive(number) {
      const revived = await db
        .updateTable('outbox')
        .set({ died_at: null, reason: null, leased_until: 0 })
        .where('number', '=', number)
        .where('delivered_at', 'is', null)
        .where('died_at', 'is not', null)
        .returning('number')
        .execute();
      return revived.length > 0;
    },
  };

  /** A delivery that whoever claimed it the n-th time still holds. */
  function open(number: string, attempts: number) {
    return db
      .updateTable('outbox')
      .where('number', '=', number)
      .where('attempts', '=', attempts)
      .where('delivered_at', 'is', null)
      .where('died_at', 'is', null);
  }
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

const columns = ['desk', 'delivered_at', 'attempts', 'died_at', 'reason'] as const;

function filed(db: Database) {
  return db
    .selectFrom('tickets')
    .innerJoin('outbox', 'outbox.number', 'tickets.number')
    .select(['tickets.body', ...columns.map((column) => `outbox.${column}` as const)]);
}

type FiledRow = { readonly body: string } & Pick<Selectable<Schema['outbox']>, (typeof columns)[number]>;

function fromRow(row: FiledRow): FiledTicket {
  const ticket = JSON.parse(row.body) as Ticket;
  const dead = row.died_at === null ? null : { at: row.died_at, reason: row.reason ?? '' };
  return { ticket, desk: row.desk, deliveredAt: row.delivered_at, attempts: row.attempts, dead };
}
