import type { InboundActivity, StoredActivity, StoredInbound } from './activity.ts';
import type { Answering } from './agent.ts';
import type { LinkCode } from './channels.ts';
import type { Feedback, StoredOutcome } from './outcome.ts';
import type { Reply } from './reply.ts';
import type { SubjectFields } from './subject.ts';
import type { Ticket } from './ticket.ts';

/** Everything with one customer on one channel; `locale` as BCP 47. */
export interface Conversation {
  readonly id: string;
  readonly channel: string;
  /** The customer's id in their channel; always set by us. */
  readonly userId: string;
  /** Null: nobody was proved. */
  readonly subject: SubjectFields | null;
  readonly locale: string;
  /** Others read along: nothing of an account is told. */
  readonly shared: boolean;
}

/** A conversation as its next turn finds it. */
export interface LoadedConversation extends Conversation {
  /** As JSON, so that every reading of it is a fresh copy; null before the first turn. */
  readonly state: string | null;
  /** Counts what changed it: `commit` wants the one that was read. */
  readonly version: number;
  /** The person who answers; null: the bot does. */
  readonly answering: Answering | null;
}

/** An inbound activity that no turn has answered yet, with how often that was begun. */
export type PendingActivity = StoredInbound & { readonly attempts: number };

/** An inbound activity on its way into the store. */
export interface Inbound {
  /** The same again is the same activity. */
  readonly clientId: string;
  /** The customer's id in their channel. */
  readonly author: string;
  readonly activity: InboundActivity;
}

/** An inbound activity as it was stored; `duplicate`: it had been before. */
export interface Received {
  readonly stored: StoredInbound;
  readonly duplicate: boolean;
}

/** Everything that one turn changes; it is stored whole or not at all. */
export interface TurnEffects {
  readonly conversationId: string;
  readonly version: number;
  /** Counts the complaints of the conversation from 0. */
  readonly complaintNumber: number;
  readonly answers: PendingActivity;
  readonly state: unknown;
  readonly replies: readonly Reply[];
  readonly ticket: Ticket | null;
  readonly feedback: Feedback | null;
  readonly outcome: OutcomeRecord | null;
  readonly shown: readonly Shown[];
  /** The customer's words for which nothing was found. */
  readonly unanswered: string | null;
  /** What the customer said of a closed ticket: one that is not solved waits again. */
  readonly resolution: { readonly ticket: string; readonly solved: boolean } | null;
  /** The ticket whose desk is to get the answered activity too. */
  readonly followUp: string | null;
  /** What the bot had asked, where the answered activity is an answer that a desk gets: it stands before the words. */
  readonly followUpQuestion: string | null;
  /** A ticket that was opened before, with what came in since; it takes the place of the one that is stored. */
  readonly amendedTicket: Ticket | null;
  /** The number of the ticket that the customer takes back: it is closed as solved by themselves. */
  readonly withdrawnTicket: string | null;
  /** Whoever answered has gone: the bot answers again. */
  readonly personLeft: boolean;
  /** A code that links a customer of another channel to this one's account. */
  readonly linkCode: LinkCode | null;
}

/** An article that was shown, for which cause; `cause` null: it answered a question. */
export interface Shown {
  readonly article: string;
  readonly cause: string | null;
}

/** The outcome so far of one complaint of a conversation. */
export interface OutcomeRecord {
  readonly complaintNumber: number;
  readonly outcome: StoredOutcome;
  /** The slug of the cause that was told; null: none. */
  readonly cause: string | null;
}

/** Conversations with their activities and their state. */
export interface Conversations {
  /** Does nothing where it is open already. */
  open(conversation: Conversation): Promise<void>;
  /**
   * Whom the customer proved to be, null: nobody any more; where that is somebody else than before, the talk begins anew.
   * Null or an e-mail address changes nothing where more than an address was proved.
   */
  identify(id: string, subject: SubjectFields | null): Promise<void>;
  /** Null: there is no such conversation. */
  load(id: string): Promise<LoadedConversation | null>;
  /** Stores an inbound activity before its turn. Throws `conversation-unknown`. */
  receive(id: string, inbound: Inbound): Promise<Received>;
  /** The oldest unanswered inbound activity, for the caller to answer; null: there is none, or another process is about to. */
  nextPending(id: string): Promise<PendingActivity | null>;
  /** Counts one more attempt at an activity that an earlier process left unanswered. */
  countAttempt(id: string, seq: number): Promise<void>;
  /** Ids of the conversations with an unanswered activity that no other process is about to answer. */
  withPending(): Promise<readonly string[]>;
  /** Throws `conversation-busy` when the version moved on or the activity was answered, `feedback-not-stored` when only the feedback failed. */
  commit(effects: TurnEffects): Promise<readonly StoredActivity[]>;
  /** The number of the last activity; 0: there is none, or no such conversation. */
  lastSeq(id: string): Promise<number>;
  /** The same of many; those that are not there are left out. */
  lastSeqs(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** At most `limit` activities behind this one, in order. */
  activitiesAfter(id: string, seq: number, limit: number): Promise<readonly StoredActivity[]>;
  /**
   * Takes the words out of the inbound activity of this client id and of those whose id is it with a space and more behind;
   * `keep`: but for this one. What was brought of them into other conversations loses them, too.
   */
  forget(id: string, clientId: string, keep: string | null): Promise<void>;
}
