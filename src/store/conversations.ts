import type { Transaction } from 'kysely';
import type { Answering } from '../domain/agent.ts';
import { clientIdOf, copyOf } from '../domain/channels.ts';
import type { Instant } from '../domain/instant.ts';
import type { Conversations, Inbound, LoadedConversation, Message, Received } from '../domain/ports.ts';
import type { SubjectFields } from '../domain/subject.ts';
import { appendToAnswer, fromActivityRow, fromInboundRow, turnOf } from './activities.ts';
import { commitTurn, type StoreNeeds } from './commit-turn.ts';
import { runOn, type Steps } from './prepared.ts';
import * as queries from './queries.ts';
import { heard as markHeard } from './ticket-queries.ts';
import type { Schema } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';

/** Conversations and their activities. */
export function createConversations(db: StoreDatabase, needs: StoreNeeds): Conversations {
  const { clock, events } = needs;
  return {
    async open({ id, channel, userId, subject, locale, shared }) {
      const row = { id, channel, user_id: userId, subject: subject && JSON.stringify(subject), locale };
      await db
        .insertInto('conversations')
        .values({ ...row, shared: shared ? 1 : 0, version: 0, last_seq: 0, opened_at: clock.now() })
        .onConflict((clash) => clash.column('id').doNothing())
        .execute();
    },

    async identify(id, subject) {
      await db.atomically((tx) => identify(tx, id, subject));
    },

    async load(id) {
      const [row] = await db.look(queries.load({ id }));
      return row ? fromRow(row) : null;
    },

    async receive(id, inbound) {
      const { isOurs, tickets, ...received } = await db.transact(() =>
        receive(id, inbound, { at: clock.now(), owner: db.owner }),
      );
      if (received.duplicate) return received;
      events.emit('activities-stored', id, [received.stored]);
      if (isOurs) events.emit('turn-pending', id, received.stored);
      for (const ticket of tickets) events.emit('ticket-changed', ticket);
      return received;
    },

    async nextPending(id) {
      const [row] = await db.look(queries.oldestPending({ id }));
      if (!row || !(await isOurs(id, row.turn_owner))) return null;
      return { ...fromInboundRow(row), attempts: row.attempts ?? 0 };
    },

    async countAttempt(id, seq) {
      await db
        .updateTable('activities')
        .set((row) => ({ attempts: row('attempts', '+', 1) }))
        .where('conversation_id', '=', id)
        .where('seq', '=', seq)
        .execute();
    },

    async withPending() {
      const rows = await db
        .selectFrom('activities')
        .innerJoin('conversations', 'conversations.id', 'conversation_id')
        .select('conversation_id')
        .distinct()
        .where('attempts', 'is not', null)
        .where((row) =>
          row.or([
            row('turn_owner', 'is', null),
            row('turn_owner', '=', db.owner),
            row('turn_until', '<=', clock.now()),
          ]),
        )
        .execute();
      return rows.map((row) => row.conversation_id);
    },

    async commit(effects) {
      const { replies, tickets } = await db.transact(() => commitTurn(effects, needs));
      if (replies.length > 0) events.emit('activities-stored', effects.conversationId, replies);
      for (const ticket of tickets) events.emit('ticket-changed', ticket);
      return replies;
    },

    async forget(id, clientId, keep) {
      await db.atomically(async (tx) => {
        for (const sent of await sentUnder(tx, id, clientId, keep))
          for (const one of [sent, ...(await copiesOf(tx, sent))]) await takeWordsOut(tx, one);
      });
    },

    async lastSeq(id) {
      const row = await db.selectFrom('conversations').select('last_seq').where('id', '=', id).executeTakeFirst();
      return row?.last_seq ?? 0;
    },

    async lastSeqs(ids) {
      if (ids.length === 0) return new Map();
      const rows = await db.selectFrom('conversations').select(['id', 'last_seq']).where('id', 'in', ids).execute();
      return new Map(rows.map((row) => [row.id, row.last_seq]));
    },

    async activitiesAfter(id, seq, limit) {
      const rows = await db
        .selectFrom('activities')
        .select(['seq', 'activity', 'at', 'author'])
        .where('conversation_id', '=', id)
        .where('seq', '>', seq)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(fromActivityRow);
    },
  };

  /** Takes the turn where nobody has it; where the store is not shared, nobody else could. */
  async function isOurs(id: string, owner: string | null): Promise<boolean> {
    if (owner === db.owner || !db.isShared) return true;
    const taken = await db.transact(() => queries.takeTurn({ id, ...turnOf(db.owner, clock.now()) }));
    return taken.length > 0;
  }
}

function* receive(id: string, inbound: Inbound, { at, owner }: Now): Steps<Receiving> {
  const { clientId, author, activity } = inbound;
  const [earlier] = yield* queries.receivedBefore({ id, clientId });
  if (earlier) return { stored: fromInboundRow(earlier), duplicate: true, isOurs: false, tickets: [] };
  const { stored, isOurs, hasTicket } = yield* appendToAnswer(id, { activity, at, author, clientId }, owner);
  const heard = hasTicket && activity.type === 'message' ? yield* markHeard({ conversationId: id, at }) : [];
  return { stored, duplicate: false, isOurs, tickets: heard.map(({ number }) => number) };
}

interface Receiving extends Received {
  /** This process answers it. */
  readonly isOurs: boolean;
  /** The numbers of the tickets in which it is unread. */
  readonly tickets: readonly string[];
}

interface Now {
  readonly at: Instant;
  /** This process. */
  readonly owner: string;
}

async function identify(tx: Transaction<Schema>, id: string, subject: SubjectFields | null): Promise<void> {
  const [row] = await runOn(tx, queries.load({ id }));
  const before = row?.subject ? (JSON.parse(row.subject) as SubjectFields) : null;
  const proof = subject && JSON.stringify(subject);
  if (proof === (row?.subject ?? null)) return;
  if (before && !isByEmail(before) && isByEmail(subject)) return;
  const isSame = before?.userId === subject?.userId && before?.accountId === subject?.accountId;
  // What was said to nobody in particular was said by the same person.
  const anew = before && !isSame ? { state: null } : {};
  await tx
    .updateTable('conversations')
    .set((was) => ({ subject: proof, ...anew, version: was('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Whether no more than an e-mail address proved it; nobody needs not even that. */
function isByEmail(subject: SubjectFields | null): boolean {
  return subject === null || subject.verifiedBy === 'trusted-email';
}

function sentUnder(tx: Transaction<Schema>, id: string, clientId: string, keep: string | null) {
  return (
    tx
      .selectFrom('activities')
      .select(['conversation_id', 'seq', 'activity', 'author'])
      .where('conversation_id', '=', id)
      .where('client_id', '!=', keep ?? '')
      // A space is followed by "!": everything that begins so.
      .where((row) =>
        row.or([
          row('client_id', '=', clientId),
          row.and([row('client_id', '>=', `${clientId} `), row('client_id', '<', `${clientId}!`)]),
        ]),
      )
      .execute()
  );
}

type Sent = Awaited<ReturnType<typeof sentUnder>>[number];

/** The same words in other conversations of whoever wrote them. */
function copiesOf(tx: Transaction<Schema>, { conversation_id: id, seq, author }: Sent) {
  return tx
    .selectFrom('conversations as c')
    .innerJoin('activities as a', 'a.conversation_id', 'c.id')
    .select(['a.conversation_id', 'a.seq', 'a.activity'])
    .where('c.user_id', '=', author ?? '')
    .where('a.client_id', '=', clientIdOf(copyOf(id, seq)))
    .execute();
}

async function takeWordsOut(
  tx: Transaction<Schema>,
  { conversation_id: id, seq, activity }: Omit<Sent, 'author'>,
): Promise<void> {
  const without = JSON.stringify({ ...(JSON.parse(activity) as Message), text: '', deleted: true });
  await tx
    .updateTable('activities')
    .set({ activity: without })
    .where('conversation_id', '=', id)
    .where('seq', '=', seq)
    .execute();
}

function fromRow(row: {
  id: string;
  channel: string;
  user_id: string;
  subject: string | null;
  locale: string;
  state: string | null;
  version: number;
  answering: string | null;
  shared: number;
}): LoadedConversation {
  const { id, channel, locale, version } = row;
  const subject = row.subject === null ? null : (JSON.parse(row.subject) as SubjectFields);
  const answering = row.answering === null ? null : (JSON.parse(row.answering) as Answering);
  const shared = row.shared === 1;
  return { id, channel, userId: row.user_id, subject, locale, state: row.state, version, answering, shared };
}
