import type { Transaction } from 'kysely';
import type { Answering } from '../domain/agent.ts';
import { SupportError } from '../domain/errors.ts';
import type { BoardChannel } from '../domain/escalation.ts';
import type { Clock, Conversations, LoadedConversation, StoredActivity, TurnEffects, Wire } from '../domain/ports.ts';
import type { SubjectFields } from '../domain/subject.ts';
import { nowDue } from './addresses.ts';
import { changedOnBoards, escalate } from './escalations.ts';
import { keepLinkCode } from './links.ts';
import * as queries from './queries.ts';
import type { Database, Schema } from './schema.ts';
import { fileDelivery, fileTicket } from './tickets.ts';

/** Where tickets that a turn opens are brought to. */
interface Destinations {
  readonly desk: string;
  readonly boards: readonly BoardChannel[];
}

/** Conversations and their activities. */
export function createConversations(db: Database, clock: Clock, to: Destinations): Conversations {
  return {
    async open({ id, channel, userId, subject, locale, shared }) {
      const row = { id, channel, user_id: userId, subject: subject && JSON.stringify(subject), locale };
      await db
        .insertInto('conversations')
        .values({ ...row, shared: shared ? 1 : 0, version: 0, last_seq: 0 })
        .onConflict((clash) => clash.column('id').doNothing())
        .execute();
    },

    async identify(id, subject) {
      await db.transaction().execute((tx) => identify(tx, id, subject));
    },

    async load(id) {
      const [row] = await queries.load(db, { id });
      return row ? fromRow(row) : null;
    },

    async receive(id, clientId, activity) {
      return db.transaction().execute(async (tx) => {
        const [earlier] = await queries.receivedBefore(tx, { id, clientId });
        if (earlier) return { ...stored(earlier), duplicate: true };
        const [next] = await queries.nextSeq(tx, { id });
        if (!next) throw new SupportError('conversation-unknown');
        const seq = next.last_seq;
        await queries.addActivity(tx, { id, seq, clientId, attempts: 0, activity: JSON.stringify(activity) });
        return { seq, activity, duplicate: false };
      });
    },

    async nextPending(id) {
      const [row] = await queries.oldestPending(db, { id });
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
      return db.transaction().execute((tx) => commitTurn(tx, effects, clock, to));
    },

    async forget(id, clientId, keep) {
      await db.transaction().execute(async (tx) => {
        for (const { seq, activity } of await sentUnder(tx, id, clientId, keep)) {
          const without = JSON.stringify({ ...(JSON.parse(activity) as Wire), text: '', deleted: true });
          await tx
            .updateTable('activities')
            .set({ activity: without })
            .where('conversation_id', '=', id)
            .where('seq', '=', seq)
            .execute();
        }
      });
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

async function identify(tx: Transaction<Schema>, id: string, subject: SubjectFields | null): Promise<void> {
  const [row] = await queries.load(tx, { id });
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
      .select(['seq', 'activity'])
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

async function commitTurn(tx: Transaction<Schema>, turn: TurnEffects, clock: Clock, to: Destinations) {
  const { conversationId: id, version } = turn;
  const count = turn.replies.length;
  const [moved] = await queries.moveOn(tx, { id, version, state: JSON.stringify(turn.state), replies: count });
  if (!moved) throw new SupportError('conversation-busy');
  const first = moved.last_seq - count + 1;
  if (count > 0) await nowDue(tx, { id, at: clock.now() });
  const replies = turn.replies.map((activity, i): StoredActivity => ({ seq: first + i, activity }));
  for (const { seq, activity } of replies)
    await queries.addActivity(tx, { id, seq, clientId: null, attempts: null, activity: JSON.stringify(activity) });
  const answered = await queries.markAnswered(tx, { id, seq: turn.answers.seq });
  if (answered.length === 0) throw new SupportError('conversation-busy');
  if (turn.linkCode) await keepLinkCode(tx, turn.linkCode, clock.now());
  if (turn.ticket) {
    await fileTicket(tx, turn.ticket, to.desk);
    await escalate(tx, turn.ticket, to.boards);
  }
  if (turn.personLeft) await tx.updateTable('conversations').set({ answering: null }).where('id', '=', id).execute();
  if (turn.later !== null) await fileLater(tx, turn, clock, to.desk);
  await keepWhatWasSaid(tx, turn, clock);
  if (turn.feedback) await keepFeedback(tx, turn, clock);
  if (turn.outcome) await queries.keepOutcome(tx, { id, ...turn.outcome, at: clock.now() });
  return replies;
}

/** What the customer wrote, for the desk from which a person answers. */
async function fileLater(tx: Transaction<Schema>, turn: TurnEffects, clock: Clock, desk: string) {
  const { conversationId, later } = turn;
  if (later === null) return;
  const { seq } = turn.answers;
  await fileDelivery(tx, { id: `${later}/${seq}`, number: later, seq, conversationId, desk, at: clock.now() });
}

/** What was shown, what found nothing, and whether a closed ticket is solved. */
async function keepWhatWasSaid(tx: Transaction<Schema>, turn: TurnEffects, clock: Clock) {
  const { conversationId: id, solved, unanswered } = turn;
  const at = clock.now();
  for (const { article, cause } of turn.shown)
    await queries.keepShown(tx, { id, episode: turn.episode, article, cause: cause ?? '', at });
  if (unanswered !== null) {
    const row = { conversation_id: id, seq: turn.answers.seq, words: unanswered, at };
    await tx.insertInto('unanswered').values(row).execute();
  }
  if (!solved) return;
  // It goes on where it was closed.
  const state = turn.later === null ? ('waiting' as const) : ('sent' as const);
  const again = solved.solved ? {} : { state, since: at, holder_id: null, holder_name: null };
  await tx
    .updateTable('work')
    .set({ solved: solved.solved ? 1 : 0, ...again })
    .where('number', '=', solved.ticket)
    .where('conversation_id', '=', id)
    .where('state', '=', 'closed')
    .execute();
  await changedOnBoards(tx, { number: solved.ticket });
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
  answering: string | null;
  shared: number;
}): LoadedConversation {
  const { id, channel, locale, version } = row;
  const subject = row.subject === null ? null : (JSON.parse(row.subject) as SubjectFields);
  const answering = row.answering === null ? null : (JSON.parse(row.answering) as Answering);
  const shared = row.shared === 1;
  return { id, channel, userId: row.user_id, subject, locale, state: row.state, version, answering, shared };
}
