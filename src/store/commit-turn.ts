import type { StoredReply } from '../domain/activity.ts';
import { SupportError } from '../domain/errors.ts';
import type { Events } from '../domain/events.ts';
import type { Clock, Random, TurnEffects } from '../domain/ports.ts';
import type { PushChannel } from '../domain/channels.ts';
import { insertAt } from './activities.ts';
import { markDue } from './addresses.ts';
import { saveLinkCode } from './links.ts';
import type { Steps } from './prepared.ts';
import * as queries from './queries.ts';
import * as ticketQueries from './ticket-queries.ts';
import { giveFeedback } from './feedback.ts';
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

/** Stores everything that a turn changes. Throws as `commit` does. */
export function* commitTurn(turn: TurnEffects, needs: StoreNeeds): Steps<StoredTurn> {
  const { conversationId: id, version, replies } = turn;
  const at = needs.clock.now();
  const count = replies.length;
  const [moved] = yield* queries.advance({ id, version, state: JSON.stringify(turn.state), replies: count });
  if (!moved) throw new SupportError('conversation-busy');
  const first = moved.last_seq - count + 1;
  if (count > 0) yield* markDue({ id, at });
  const stored: StoredReply[] = [];
  for (const [i, reply] of replies.entries()) {
    const activity = { type: 'reply', reply } as const;
    yield* insertAt(id, first + i, { activity, at, author: null, clientId: null, attempts: null });
    stored.push({ ...activity, seq: first + i, at, author: null });
  }
  const answered = yield* queries.markAnswered({ id, seq: turn.answers.seq });
  if (answered.length === 0) throw new SupportError('conversation-busy');
  return { replies: stored, tickets: yield* saveEffects(turn, needs) };
}

function* saveEffects(turn: TurnEffects, needs: StoreNeeds): Steps<ReadonlySet<string>> {
  const { conversationId: id } = turn;
  const { clock } = needs;
  if (turn.linkCode) yield* saveLinkCode(turn.linkCode, clock.now());
  if (turn.personLeft) yield* queries.letPersonGo({ id });
  const changed = yield* saveTickets(turn, needs);
  yield* saveWhatWasSaid(turn, clock);
  if (turn.feedback) yield* saveFeedback(turn, clock);
  if (turn.outcome) yield* queries.saveOutcome({ id, ...turn.outcome, at: clock.now() });
  return changed;
}

/** The numbers of the tickets that this turn changes; those that are shown somewhere are to be shown anew. */
function* saveTickets(turn: TurnEffects, needs: StoreNeeds): Steps<ReadonlySet<string>> {
  const { conversationId, ticket, amendedTicket, withdrawnTicket, resolution } = turn;
  const changed = new Set<string>();
  if (ticket) {
    yield* fileTicket(ticket, needs.desk);
    yield* addTicketPosts(ticket, needs.feeds);
  }
  const isOurs = amendedTicket?.conversationId === conversationId;
  if (amendedTicket && isOurs && (yield* amendTicket(amendedTicket))) changed.add(amendedTicket.number);
  const withdrawn = { number: withdrawnTicket ?? '', conversationId, at: needs.clock.now() };
  if (withdrawnTicket !== null && (yield* withdrawTicket(withdrawn))) changed.add(withdrawnTicket);
  const isAtDesk = yield* fileFollowUp(turn, needs);
  if (resolution) {
    yield* saveResolution(conversationId, resolution, { at: needs.clock.now(), isAtDesk });
    changed.add(resolution.ticket);
  }
  for (const number of changed) yield* markPostsStale({ number });
  return ticket ? changed.add(ticket.number) : changed;
}

/** What the customer wrote, for the desk that has the ticket. False: that is ours, where the conversation shows it. */
function* fileFollowUp(turn: TurnEffects, { clock, desk }: StoreNeeds): Steps<boolean> {
  const { conversationId, followUp, followUpQuestion: question } = turn;
  if (followUp === null || desk === builtIn) return false;
  const [kept] = yield* ticketQueries.keptFor({ number: followUp });
  const number = kept?.merged_into ?? followUp;
  const [ticket] = yield* ticketQueries.deskOf({ id: number });
  if (!ticket || ticket.desk === builtIn) return false;
  const { seq } = turn.answers;
  yield* fileDelivery({ id: `${number}/${seq}`, number, seq, question, conversationId, desk, at: clock.now() });
  return true;
}

/** One that is not solved goes on where it was closed. */
function* saveResolution(
  conversationId: string,
  { ticket: number, solved }: NonNullable<TurnEffects['resolution']>,
  { at, isAtDesk }: { readonly at: number; readonly isAtDesk: boolean },
): Steps<void> {
  if (solved) yield* ticketQueries.markSolved({ number, conversationId });
  else yield* ticketQueries.reopen({ number, conversationId, at, state: isAtDesk ? 'sent' : 'waiting' });
}

/** What was shown, and what found nothing. */
function* saveWhatWasSaid(turn: TurnEffects, clock: Clock): Steps<void> {
  const { conversationId: id, unanswered: words } = turn;
  const at = clock.now();
  for (const { article, cause } of turn.shown)
    yield* queries.saveShown({ id, complaintNumber: turn.complaintNumber, article, cause: cause ?? '', at });
  if (words !== null) yield* queries.saveUnanswered({ id, seq: turn.answers.seq, words, at });
}

function* saveFeedback(turn: TurnEffects, clock: Clock): Steps<void> {
  if (!turn.feedback) return;
  try {
    yield* giveFeedback(turn.conversationId, turn.feedback, clock);
  } catch (cause) {
    throw new SupportError('feedback-not-stored', { cause });
  }
}
