import type { Transaction } from 'kysely';
import type { StoredReply } from '../domain/activity.ts';
import { SupportError } from '../domain/errors.ts';
import type { Events } from '../domain/events.ts';
import type { Clock, Random, TurnEffects } from '../domain/ports.ts';
import type { PushChannel } from '../domain/channels.ts';
import { insertAt } from './activities.ts';
import { markDue } from './addresses.ts';
import { saveLinkCode } from './links.ts';
import * as queries from './queries.ts';
import type { Schema } from './schema.ts';
import { addTicketPosts, markPostsStale } from './ticket-posts.ts';
import { amendTicket, builtIn, fileDelivery, fileTicket, withdrawTicket } from './tickets.ts';

/** What the store is made with: where new tickets go, and who is told what changed. */
export interface StoreNeeds {
  readonly clock: Clock;
  readonly events: Events;
  /** For what stands in the place of an id that is to tell of nobody any more. */
  readonly random: Random;
  /** The desk that new tickets are brought to. */
  readonly desk: string;
  /** The channels in which agents see them. */
  readonly feeds: readonly PushChannel[];
  /** The database’s, in which insights are counted beside; missing: it is in memory, and they are counted in this thread. */
  readonly file?: string;
}

/** What a turn stored: its replies, and the numbers of the tickets that stand otherwise. */
export interface StoredTurn {
  readonly replies: readonly StoredReply[];
  readonly tickets: ReadonlySet<string>;
}

/** Stores everything that a turn changes, in the caller's transaction. Throws as `commit` does. */
export async function commitTurn(tx: Transaction<Schema>, turn: TurnEffects, needs: StoreNeeds): Promise<StoredTurn> {
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
  return { replies: stored, tickets: await saveEffects(tx, turn, needs) };
}

async function saveEffects(tx: Transaction<Schema>, turn: TurnEffects, needs: StoreNeeds) {
  const { conversationId: id } = turn;
  const { clock } = needs;
  if (turn.linkCode) await saveLinkCode(tx, turn.linkCode, clock.now());
  if (turn.personLeft) await tx.updateTable('conversations').set({ answering: null }).where('id', '=', id).execute();
  const changed = await saveTickets(tx, turn, needs);
  await saveWhatWasSaid(tx, turn, clock);
  if (turn.feedback) await saveFeedback(tx, turn, clock);
  if (turn.outcome) await queries.saveOutcome(tx, { id, ...turn.outcome, at: clock.now() });
  return changed;
}

/** The numbers of the tickets that this turn changes; those that are shown somewhere are to be shown anew. */
async function saveTickets(tx: Transaction<Schema>, turn: TurnEffects, needs: StoreNeeds) {
  const { conversationId, ticket, amendedTicket, withdrawnTicket, resolution } = turn;
  const changed = new Set<string>();
  if (ticket) {
    await fileTicket(tx, ticket, needs.desk);
    await addTicketPosts(tx, ticket, needs.feeds);
  }
  const isOurs = amendedTicket?.conversationId === conversationId;
  if (amendedTicket && isOurs && (await amendTicket(tx, amendedTicket))) changed.add(amendedTicket.number);
  const withdrawn = { number: withdrawnTicket ?? '', conversationId, at: needs.clock.now() };
  if (withdrawnTicket !== null && (await withdrawTicket(tx, withdrawn))) changed.add(withdrawnTicket);
  const isAtDesk = await fileFollowUp(tx, turn, needs);
  if (resolution) {
    await saveResolution(tx, conversationId, resolution, { at: needs.clock.now(), isAtDesk });
    changed.add(resolution.ticket);
  }
  for (const number of changed) await markPostsStale(tx, { number });
  return ticket ? changed.add(ticket.number) : changed;
}

/** What the customer wrote, for the desk that has the ticket. False: that is ours, where the conversation shows it. */
async function fileFollowUp(tx: Transaction<Schema>, turn: TurnEffects, { clock, desk }: StoreNeeds): Promise<boolean> {
  const { conversationId, followUp: number, followUpQuestion: question } = turn;
  if (number === null || desk === builtIn) return false;
  const ticket = await tx.selectFrom('outbox').select('desk').where('id', '=', number).executeTakeFirst();
  if (!ticket || ticket.desk === builtIn) return false;
  const { seq } = turn.answers;
  const delivery = { id: `${number}/${seq}`, number, seq, question, conversationId, desk, at: clock.now() };
  await fileDelivery(tx, delivery);
  return true;
}

/** One that is not solved goes on where it was closed. */
async function saveResolution(
  tx: Transaction<Schema>,
  conversationId: string,
  { ticket, solved }: NonNullable<TurnEffects['resolution']>,
  { at, isAtDesk }: { readonly at: number; readonly isAtDesk: boolean },
): Promise<void> {
  const state = isAtDesk ? ('sent' as const) : ('waiting' as const);
  const again = solved ? {} : { state, since: at, holder_id: null, holder_name: null };
  await tx
    .updateTable('work')
    .set({ solved: solved ? 1 : 0, ...again })
    .where('number', '=', ticket)
    .where('conversation_id', '=', conversationId)
    .where('state', '=', 'closed')
    .execute();
}

/** What was shown, and what found nothing. */
async function saveWhatWasSaid(tx: Transaction<Schema>, turn: TurnEffects, clock: Clock) {
  const { conversationId: id, unanswered } = turn;
  const at = clock.now();
  for (const { article, cause } of turn.shown)
    await queries.saveShown(tx, { id, complaintNumber: turn.complaintNumber, article, cause: cause ?? '', at });
  if (unanswered !== null) {
    const row = { conversation_id: id, seq: turn.answers.seq, words: unanswered, at };
    await tx.insertInto('unanswered').values(row).execute();
  }
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
