import { sql, type Transaction } from 'kysely';
import { SupportError } from '../domain/errors.ts';
import type { Clock, Conversations, LoadedConversation, StoredActivity, TurnEffects, Wire } from '../domain/ports.ts';
import type { SubjectFields } from '../domain/subject.ts';
import type { Database, Schema } from './schema.ts';
import { fileTicket } from './tickets.ts';

/** Conversations and their activities; `desk` names where tickets opened by a turn will be delivered. */
export function createConversations(db: Database, clock: Clock, desk: string): Conversations {
  return {
    async open({ id, channel, userId, subject, locale }) {
      const row = { id, channel, user_id: userId, subject: subject && JSON.stringify(subject), locale };
      await db
        .insertInto('conversations')
        .values({ ...row, version: 0, last_seq: 0 })
        .execute();
    },

    async load(id) {
      const row = await db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? fromRow(row) : null;
    },

    async receive(id, clientId, activity) {
      return db.transaction().execute(async (tx) => {
        const earlier = await tx
          .selectFrom('activities')
          .select(['seq', 'activity'])
          .where('conversation_id', '=', id)
          .where('client_id', '=', clientId)
          .executeTakeFirst();
        if (earlier) return { ...stored(earlier), duplicate: true };
        const seq = await reserve(tx, id, 1);
        const row = { conversation_id: id, seq, client_id: clientId, attempts: 0, activity: JSON.stringify(activity) };
        await tx.insertInto('activities').values(row).execute();
        return { seq, activity, duplicate: false };
      });
    },

    async nextPending(id) {
      const row = await db
        .selectFrom('activities')
        .select(['seq', 'activity', 'attempts'])
        .where('conversation_id', '=', id)
        .where('attempts', 'is not', null)
        .orderBy('seq')
        .limit(1)
        .executeTakeFirst();
      return row ? { ...stored(row), attempts: row.attempts ?? 0 } : null;
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
        .select('conversation_id')
        .distinct()
        .where('attempts', 'is not', null)
        .execute();
      return rows.map((row) => row.conversation_id);
    },

    async commit(effects) {
      return db.transaction().execute((tx) => commitTurn(tx, effects, clock, desk));
    },

    async activitiesAfter(id, seq, limit) {
      const rows = await db
        .selectFrom('activities')
        .select(['seq', 'activity'])
        .where('conversation_id', '=', id)
        .where('seq', '>', seq)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(stored);
    },
  };
}

async function commitTurn(tx: Transaction<Schema>, turn: TurnEffects, clock: Clock, desk: string) {
  const { conversationId } = turn;
  const moved = await tx
    .updateTable('conversations')
    .set((row) => ({
      state: JSON.stringify(turn.state),
      version: row('version', '+', 1),
      last_seq: row('last_seq', '+', turn.replies.length),
    }))
    .where('id', '=', conversationId)
    .where('version', '=', turn.version)
    .returning('last_seq')
    .executeTakeFirst();
  if (!moved) throw new SupportError('conversation-busy');
  const first = moved.last_seq - turn.replies.length + 1;
  const replies = turn.replies.map((activity, i): StoredActivity => ({ seq: first + i, activity }));
  await appendReplies(tx, conversationId, replies);
  await tx
    .updateTable('activities')
    .set({ attempts: null })
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', turn.answers.seq)
    .execute();
  await recordEffects(tx, turn, clock, desk);
  return replies;
}

async function recordEffects(tx: Transaction<Schema>, turn: TurnEffects, clock: Clock, desk: string) {
  if (turn.ticket) await fileTicket(tx, turn.ticket, desk);
  if (turn.feedback) await keepFeedback(tx, turn, clock);
  if (!turn.outcome) return;
  const { episode, outcome, cause } = turn.outcome;
  await tx
    .insertInto('outcomes')
    .values({ conversation_id: turn.conversationId, episode, outcome, cause, at: clock.now() })
    .onConflict((clash) =>
      clash.columns(['conversation_id', 'episode']).doUpdateSet({ outcome, cause, at: clock.now() }),
    )
    .execute();
}

async function keepFeedback(tx: Transaction<Schema>, turn: TurnEffects, clock: Clock) {
  if (!turn.feedback) return;
  const { episode, answered, reason, cause, article } = turn.feedback;
  const row = { answered: answered ? 1 : 0, reason, cause, article, at: clock.now() };
  try {
    await tx
      .insertInto('feedback')
      .values({ conversation_id: turn.conversationId, episode, ...row })
      .onConflict((clash) => clash.columns(['conversation_id', 'episode']).doUpdateSet(row))
      .execute();
  } catch (cause) {
    throw new SupportError('feedback-not-stored', { cause });
  }
}

async function appendReplies(tx: Transaction<Schema>, id: string, replies: readonly StoredActivity[]) {
  if (replies.length === 0) return;
  const rows = replies.map(({ seq, activity }) => ({
    conversation_id: id,
    seq,
    client_id: null,
    attempts: null,
    activity: JSON.stringify(activity),
  }));
  await tx.insertInto('activities').values(rows).execute();
}

/** Takes the next `count` sequence numbers; the first of them. */
async function reserve(tx: Transaction<Schema>, id: string, count: number): Promise<number> {
  const row = await tx
    .updateTable('conversations')
    .set({ last_seq: sql`last_seq + ${count}` })
    .where('id', '=', id)
    .returning('last_seq')
    .executeTakeFirst();
  if (!row) throw new SupportError('conversation-unknown');
  return row.last_seq - count + 1;
}

function stored(row: { seq: number; activity: string }): StoredActivity {
  return { seq: row.seq, activity: JSON.parse(row.activity) as Wire };
}

function fromRow(row: {
  id: string;
  channel: string;
  user_id: string;
  subject: string | null;
  locale: string;
  state: string | null;
  version: number;
}): LoadedConversation {
  const { id, channel, locale, version } = row;
  const subject = row.subject === null ? null : (JSON.parse(row.subject) as SubjectFields);
  const state = row.state === null ? null : (JSON.parse(row.state) as unknown);
  return { id, channel, userId: row.user_id, subject, locale, state, version };
}
