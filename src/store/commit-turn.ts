import type { Transaction } from 'kysely';
import type { StoredReply } from '../domain/activity.ts';
import { SupportError } from '../domain/errors.ts';
import type { Events } from '../domain/events.ts';
import type { Clock, TurnEffects } from '../domain/ports.ts';
import type { PushChannel } from '../domain/channels.ts';
import { insertAt } from './activities.ts';
import { markDue } from './addresses.ts';
import { saveLinkCode } from './links.ts';
import * as queries from './queries.ts';
import type { Schema } from './schema.ts';
import { addTicketPosts, markPostsStale } from './ticket-posts.ts';
import { fileDelivery, fileTicket } from './tickets.ts';

/** What the store is made with: where new tickets go, and who is told what changed. */
export interface StoreNeeds {
  readonly clock: Clock;
  readonly events: Events;
  /** The desk that new tickets are brought to. */
  readonly desk: string;
  /** The channels in which agents see them. */
  readonly feeds: readonly PushChannel[];
}

/** Stores everything that a turn changes, in the caller's transaction; the replies as they are stored. Throws as `commit` does. */
export async function commitTurn(tx: Transaction<Schema>, turn: TurnEffects, needs: StoreNeeds) {
  const { conversationId: id, version, replies } = turn;
  const at = needs.clock.now();
  const count = replies.length;
  const [moved] = await queries.advance(tx, { id, version, state: JSON.stringify(turn.state), replies: count });
  if (!moved) throw new SupportError('conversation-busy');
  const first = moved.last_seq - count + 1;
  if (count > 0) await markDue(tx, { id, at });
  const stored: StoredReply[] = [];
  for (const [i, reply] of replies.entries()) {
    const activity = { type: 'reply', reply } as const;
    await insertAt(tx, id, first + i, { activity, at, author: null, clientId: null, attempts: null });
    stored.push({ ...activity, seq: first + i, at, author: null });
  }
  const answered = await queries.markAnswered(tx, { id, seq: turn.answers.seq });
  if (answered.length === 0) throw new SupportError('conversation-busy');
  await saveEffects(tx, turn, needs);
  return stored;
}

async function saveEffects(tx: Transaction<Schema>, turn: TurnEffects, { clock, desk, feeds }: StoreNeeds) {
  const { conversationId: id } = turn;
  if (turn.linkCode) await saveLinkCode(tx, turn.linkCode, clock.now());
  if (turn.ticket) {
    await fileTicket(tx, turn.ticket, desk);
    await addTicketPosts(tx, turn.ticket, feeds);
  }
  if (turn.personLeft) await tx.updateTable('conversations').set({ answering: null }).where('id', '=', id).execute();
  if (turn.followUp !== null) await fileFollowUp(tx, turn, clock, desk);
  await saveWhatWasSaid(tx, turn, clock);
  if (turn.feedback) await saveFeedback(tx, turn, clock);
  if (turn.outcome) await queries.saveOutcome(tx, { id, ...turn.outcome, at: clock.now() });
}

/** What the customer wrote, for the desk from which a person answers. */
async function fileFollowUp(tx: Transaction<Schema>, turn: TurnEffects, clock: Clock, desk: string) {
  const { conversationId, followUp } = turn;
  if (followUp === null) return;
  const { seq } = turn.answers;
  await fileDelivery(tx, { id: `${followUp}/${seq}`, number: followUp, seq, conversationId, desk, at: clock.now() });
}

/** What was shown, what found nothing, and whether a closed ticket is solved. */
async function saveWhatWasSaid(tx: Transaction<Schema>, turn: TurnEffects, clock: Clock) {
  const { conversationId: id, resolution, unanswered } = turn;
  const at = clock.now();
  for (const { article, cause } of turn.shown)
    await queries.saveShown(tx, { id, complaintNumber: turn.complaintNumber, article, cause: cause ?? '', at });
  if (unanswered !== null) {
    const row = { conversation_id: id, seq: turn.answers.seq, words: unanswered, at };
    await tx.insertInto('unanswered').values(row).execute();
  }
  if (!resolution) return;
  // It goes on where it was closed.
  const state = turn.followUp === null ? ('waiting' as const) : ('sent' as const);
  const again = resolution.solved ? {} : { state, since: at, holder_id: null, holder_name: null };
  await tx
    .updateTable('work')
    .set({ solved: resolution.solved ? 1 : 0, ...again })
    .where('number', '=', resolution.ticket)
    .where('conversation_id', '=', id)
    .where('state', '=', 'closed')
    .execute();
  await markPostsStale(tx, { number: resolution.ticket });
}

async function saveFeedback(tx: Transaction<Schema>, turn: TurnEffects, clock: Clock) {
  if (!turn.feedback) return;
  const { complaintNumber: complaint, answered, reason, cause, article } = turn.feedback;
  const row = { answered: answered ? 1 : 0, reason, cause, article, at: clock.now() };
  try {
    await tx
      .insertInto('feedback')
      .values({ conversation_id: turn.conversationId, complaint, ...row })
      .onConflict((clash) => clash.columns(['conversation_id', 'complaint']).doUpdateSet(row))
      .execute();
  } catch (cause) {
    throw new SupportError('feedback-not-stored', { cause });
  }
}
