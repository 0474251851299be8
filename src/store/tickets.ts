import type { Selectable, Transaction } from 'kysely';
import type { Clock, Queue, Tickets } from '../domain/ports.ts';
import { priorities, type FiledTicket, type Ticket, type Work } from '../domain/ticket.ts';
import type { Steps } from './prepared.ts';
import * as queries from './ticket-queries.ts';
import type { Database, Schema } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';
import { termsOfTicket } from './search-terms.ts';
import { countIn, countUnread, listed } from './ticket-lists.ts';
import { foundBy as foundByWords } from './ticket-search.ts';

/** The desk whose agents read the conversation itself. */
export const builtIn = 'built-in';

/** Writes a ticket, its place in the console and its delivery. */
export function* fileTicket(ticket: Ticket, desk: string): Steps<void> {
  const { number, conversationId, openedAt } = ticket;
  yield* queries.add({ number, conversationId, openedAt, ...contentOf(ticket) });
  yield* queueUp(ticket);
  yield* fileDelivery({ id: number, number, seq: null, question: null, conversationId, desk, at: openedAt });
}

/** Puts what came in since in the place of what is stored, however it stands; false: the conversation has no such ticket. */
export function* amendTicket(ticket: Ticket): Steps<boolean> {
  const { number, conversationId } = ticket;
  const found = yield* queries.amend({ number, conversationId, ...contentOf(ticket) });
  if (found.length === 0) return false;
  yield* queries.findBy({ number, ...foundBy(ticket) });
  return true;
}

/** The customer takes it back: nobody holds it, no cause is told, and it is solved. False where it was closed before. */
export function* withdrawTicket(withdrawn: Pick<NewDelivery, 'number' | 'conversationId' | 'at'>): Steps<boolean> {
  return (yield* queries.withdraw(withdrawn)).length > 0;
}

function contentOf(ticket: Ticket) {
  const { subject } = ticket.who;
  const owner = { accountId: subject?.accountId ?? null, userId: subject?.userId ?? null };
  return { body: JSON.stringify(ticket), terms: termsOfTicket(ticket), ...owner };
}

/** What is to be brought to a desk; `seq`: the activity, null: the ticket. */
export interface NewDelivery {
  readonly id: string;
  readonly number: string;
  readonly seq: number | null;
  /** What the activity answers, where the desk is to read it. */
  readonly question: string | null;
  readonly conversationId: string;
  readonly desk: string;
  readonly at: number;
}

/** Writes a delivery behind those of its conversation. */
export function* fileDelivery(delivery: NewDelivery): Steps<void> {
  const [{ place } = { place: 1 }] = yield* queries.nextPlace({ id: delivery.conversationId });
  yield* queries.deliver({ ...delivery, place });
}

/** Puts a ticket among those that wait, unless it is there. */
function* queueUp(ticket: Ticket): Steps<void> {
  const { number, conversationId, openedAt: at } = ticket;
  yield* queries.queueUp({ number, conversationId, at, ...foundBy(ticket) });
}

/** What the lists order and find it by. */
function foundBy(ticket: Ticket) {
  const { priority, verdict, who } = ticket;
  return {
    priority: priorities.indexOf(priority),
    cause: verdict.cause,
    customer: customerOf(ticket),
    email: who.subject?.email?.toLowerCase() ?? null,
  };
}

/** A verified customer by account and user; null: nobody was verified. */
export function customerOf({ who: { subject } }: Ticket): string | null {
  return subject && `${subject.accountId}|${subject.userId}`;
}

/** The console's queue as a desk fills it. */
export function createQueue(db: StoreDatabase): Queue {
  return { add: (ticket) => db.transact(() => queueUp(ticket)) };
}

/** For so long a closed ticket is still somebody's newest. */
const recentMs = 30 * 86_400_000;

/** The stored tickets. */
export function createTickets(db: StoreDatabase, clock: Clock): Tickets {
  return {
    async newest(limit) {
      const rows = await filed(db).orderBy('tickets.opened_at', 'desc').limit(limit).execute();
      return rows.map(fromRow);
    },
    async find(number) {
      const row = await filed(db).where('tickets.number', '=', number).executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    async newestOf({ accountId, userId }) {
      const row = await filed(db)
        .where('tickets.account_id', '=', accountId)
        .where('tickets.user_id', '=', userId)
        .where((one) => one.or([one('work.state', '!=', 'closed'), one('work.since', '>=', clock.now() - recentMs)]))
        .orderBy('tickets.opened_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    list: async (query) => inOrder(db, await listed(db, query)),
    count: (query, most) => countIn(db, query, most),
    countUnread: (holder, most) => countUnread(db, holder, most),
    search: async (what, page) => inOrder(db, await foundByWords(db, what, page)),
    async besides({ number, conversationId, who: { subject } }, limit) {
      const some = filed(db).where('tickets.number', '!=', number).orderBy('tickets.opened_at', 'desc').limit(limit);
      const ofPerson = (accountId: string, userId: string) =>
        some.where('tickets.account_id', '=', accountId).where('tickets.user_id', '=', userId).execute();
      const found = await Promise.all([
        some.where('tickets.conversation_id', '=', conversationId).execute(),
        subject ? ofPerson(subject.accountId, subject.userId) : [],
      ]);
      const byNumber = new Map(found.flat().map((row) => [row.number, fromRow(row)]));
      return [...byNumber.values()].sort((a, b) => b.ticket.openedAt - a.ticket.openedAt).slice(0, limit);
    },
    async joined(number) {
      const rows = await filed(db).where('work.merged_into', '=', number).orderBy('tickets.opened_at').execute();
      return rows.map(fromRow);
    },
    async notes(number) {
      const rows = await db.selectFrom('notes').selectAll().where('number', '=', number).orderBy('at').execute();
      return rows.map(({ id, at, author_id, author_name, text }) => ({
        id,
        at,
        by: { id: author_id, name: author_name },
        text,
      }));
    },
  };
}

async function inOrder(db: Database, numbers: readonly string[]): Promise<readonly FiledTicket[]> {
  if (numbers.length === 0) return [];
  const rows = await filed(db).where('tickets.number', 'in', numbers).execute();
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  return numbers.flatMap((number) => {
    const row = byNumber.get(number);
    return row ? [fromRow(row)] : [];
  });
}

const deliveryColumns = ['desk', 'delivered_at', 'attempts'] as const;
const deadColumns = ['died_at', 'reason'] as const;
const workColumns = [
  ...(['number', 'state', 'since', 'holder_id', 'holder_name', 'true_cause', 'solved', 'ref_id', 'ref_url'] as const),
  ...(['priority', 'waits_since', 'unread', 'merged_into'] as const),
] as const;

/**
 * Tickets with the delivery of the ticket itself, what the desk refused of it (one thing at the most, for later ones wait),
 * and how the work on it stands.
 */
export function filed(db: Database | Transaction<Schema>) {
  return db
    .selectFrom('tickets')
    .innerJoin('outbox', 'outbox.id', 'tickets.number')
    .leftJoin('outbox as dead', (join) =>
      join.onRef('dead.number', '=', 'tickets.number').on('dead.died_at', 'is not', null),
    )
    .innerJoin('work', 'work.number', 'tickets.number')
    .select([
      'tickets.body',
      ...deliveryColumns.map((column) => `outbox.${column}` as const),
      ...deadColumns.map((column) => `dead.${column}` as const),
      ...workColumns.map((column) => `work.${column}` as const),
    ]);
}

type FiledRow = { readonly body: string } & Pick<
  Selectable<Schema['outbox']>,
  (typeof deliveryColumns)[number] | (typeof deadColumns)[number]
> &
  Pick<Selectable<Schema['work']>, (typeof workColumns)[number]>;

/** A row of `filed` as a ticket. */
export function fromRow(row: FiledRow): FiledTicket {
  const ticket = JSON.parse(row.body) as Ticket;
  const dead = row.died_at === null ? null : { at: row.died_at, reason: row.reason ?? '' };
  const { desk, delivered_at: deliveredAt, attempts } = row;
  return { ticket, desk, deliveredAt, attempts, dead, work: workOf(row) };
}

function workOf(row: FiledRow): Work {
  const { state, since, holder_id: id, holder_name: name, true_cause: trueCause, solved, ref_id, ref_url } = row;
  return {
    state,
    since,
    holder: id === null ? null : { id, name: name ?? '' },
    trueCause,
    solved: solved === null ? null : solved === 1,
    ref: ref_id === null ? null : { id: ref_id, url: ref_url },
    priority: priorities[row.priority] ?? 'normal',
    waitsSince: row.waits_since,
    unread: row.unread,
    mergedInto: row.merged_into,
  };
}
