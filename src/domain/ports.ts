import type { Heard } from './heard.ts';
import type { Instant } from './instant.ts';
import type { Feedback, Outcome } from './outcome.ts';
import type { Snapshot } from './snapshot.ts';
import type { SubjectFields, VerifiedSubject } from './subject.ts';
import type { DeadLetter, Delivery, DeskEvent, FiledTicket, LaterMessage, Ticket, TicketRef } from './ticket.ts';

/** All outside things on one page. `main.ts` chooses who stands behind each. */

export interface Clock {
  now(): Instant;
}

/** Where ids and secrets come from. */
export interface Random {
  /** `length` characters that cannot be guessed, from A-Z a-z 0-9 - _ (6 bits each). */
  id(length: number): string;
}

/** One GET within a deadline and a size. Throws `account-unreachable`, or `account-garbage` for too many bytes. */
export type HttpGet = (
  url: string,
  options: { readonly headers: Record<string, string>; readonly deadlineMs: number; readonly mostBytes: number },
) => Promise<HttpAnswer>;

/** An answer of any status; `retryAfterMs`: what the header Retry-After asks for, null without a plain one. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number | null;
}

/** Structured lines for operators. Never a customer's words, a token or a query string. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Tells what a customer’s words mean. Never throws. */
export interface Recognizer {
  recognize(text: string): Promise<Heard>;
}

/** Turns texts into vectors of the length 1 whose angles say how alike their meanings are. */
export interface Encoder {
  /** Names the vectors: those of another name are not comparable. */
  readonly name: string;
  /** How long one text of a customer may take. */
  readonly budgetMs: number;
  /** One vector for each text, all of one size. Throws `encoder-failed`, at the latest after `deadlineMs`. */
  encode(texts: readonly string[], deadlineMs: number): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

/** Reads the account of a proved identity; what cannot be read is unknown in the snapshot. Never throws. */
export interface Accounts {
  /** `fresh`: read now; otherwise what was read a moment ago will do, with its own read times. */
  read(subject: VerifiedSubject, options?: { readonly fresh: boolean }): Promise<Snapshot>;
}

/**
 * Where tickets live. Taking a ticket twice is taking it once (by its number): after a crash it comes again, then with `again`,
 * and a desk that cannot tell by itself looks first. Each call ends within 20 s. All throw `desk-unavailable` (try again, perhaps
 * after its `retryAfterMs`) or `desk-refused` (trying again would not help); neither holds a secret or a customer's words.
 */
export interface Desk {
  readonly name: string;
  /** Where the desk keeps it; null: it does not say. */
  take(ticket: Ticket, options: { readonly again: boolean }): Promise<TicketRef | null>;
  /** Adds what the customer wrote to the person who answers from this desk. Missing: nobody can answer from it. */
  add?(filed: FiledTicket, message: LaterMessage, options: { readonly again: boolean }): Promise<void>;
  /** Reads what the desk posts to us. Throws `signature-invalid` or `message-invalid`. Missing: it posts nothing. */
  hear?(headers: Readonly<Record<string, string | undefined>>, body: string): readonly DeskEvent[];
}

/** A JSON object as it goes over a channel's wire. */
export type Wire = Readonly<Record<string, unknown>>;

/** Everything with one customer on one channel; `locale` as BCP 47. */
export interface Conversation {
  readonly id: string;
  readonly channel: string;
  /** The author of the customer's activities; always set by us. */
  readonly userId: string;
  readonly subject: SubjectFields | null;
  readonly locale: string;
}

/** A conversation as its next turn finds it. `version` guards `commit`. */
export interface LoadedConversation extends Conversation {
  /** As JSON, so that every reading of it is a fresh copy; null before the first turn. */
  readonly state: string | null;
  readonly version: number;
}

/** `seq` counts the activities of one conversation from 1: Direct Line's watermark. */
export interface StoredActivity {
  readonly seq: number;
  readonly activity: Wire;
}

/** An inbound activity that no turn has answered yet, with how often that was begun. */
export interface PendingActivity extends StoredActivity {
  readonly attempts: number;
}

/** An inbound activity as it was stored; `duplicate`: it had been before. */
export interface Received extends StoredActivity {
  readonly duplicate: boolean;
}

/** Everything that one turn changes; it is stored whole or not at all. */
export interface TurnEffects {
  readonly conversationId: string;
  readonly version: number;
  readonly answers: PendingActivity;
  readonly state: unknown;
  readonly replies: readonly Wire[];
  readonly ticket: Ticket | null;
  readonly feedback: Feedback | null;
  readonly outcome: OutcomeRecord | null;
}

/** The outcome so far of the n-th complaint (`episode`) of a conversation. */
export interface OutcomeRecord {
  readonly episode: number;
  readonly outcome: Outcome;
  readonly cause: string | null;
}

/** What a token opens, and until when. */
export interface Token {
  readonly conversationId: string;
  /** The author of the activities that come with this token. */
  readonly userId: string;
  readonly expiresAt: Instant;
  /** Until when the token may still be exchanged for a new one. */
  readonly refreshableUntil: Instant;
}

/** Conversations with their activities and their state. */
export interface Conversations {
  open(conversation: Conversation): Promise<void>;
  load(id: string): Promise<LoadedConversation | null>;
  /** Stores an inbound activity before its turn. The same `clientId` again is the same activity. */
  receive(id: string, clientId: string, activity: Wire): Promise<Received>;
  /** The oldest unanswered inbound activity. */
  nextPending(id: string): Promise<PendingActivity | null>;
  /** Counts one more attempt at an activity that an earlier process left unanswered. */
  countAttempt(id: string, seq: number): Promise<void>;
  /** Conversations with an unanswered activity. */
  withPending(): Promise<readonly string[]>;
  /** Throws `conversation-busy` when the version moved on or the activity was answered, `feedback-not-stored` when only the feedback failed. */
  commit(effects: TurnEffects): Promise<readonly StoredActivity[]>;
  activitiesAfter(id: string, seq: number, limit: number): Promise<readonly StoredActivity[]>;
}

/** Secrets are stored hashed: the store's copy opens nothing. */
export interface Tokens {
  add(secret: string, token: Token): Promise<void>;
  find(secret: string): Promise<Token | null>;
  /** True for the first claim of an id, false for every later one until `until`. */
  claimOnce(id: string, until: Instant): Promise<boolean>;
}

/** The tickets that were opened, newest first. */
export interface Tickets {
  newest(limit: number): Promise<readonly FiledTicket[]>;
  find(number: string): Promise<FiledTicket | null>;
}

/** What has to be brought to the desk, written in the same transaction as what caused it. */
export interface Outbox {
  /** Takes what is due, leased to the caller until `leaseUntil`: of each conversation only its oldest. */
  claimDue(now: Instant, leaseUntil: Instant, limit: number): Promise<readonly Delivery[]>;
  /** The desk has it, and keeps it there. */
  delivered(id: string, at: Instant, ref: TicketRef | null): Promise<void>;
  /** `attempts` as claimed: whoever lost the lease meanwhile changes nothing. */
  retryAt(id: string, attempts: number, at: Instant): Promise<void>;
  /** Makes a dead letter of it, which is not tried again; later ones of its conversation wait for it. */
  bury(id: string, attempts: number, dead: DeadLetter): Promise<void>;
  /** Makes the dead letters of a ticket due again; false: there is none. */
  revive(ticket: string): Promise<boolean>;
}

/** The built-in desk's queue of tickets that wait for an agent. Adding twice is adding once. */
export interface Queue {
  add(number: string, at: Instant): Promise<void>;
}

/** Everything that is kept. */
export interface Store extends Conversations {
  readonly tokens: Tokens;
  readonly tickets: Tickets;
  readonly outbox: Outbox;
  readonly queue: Queue;
  /** Throws when a message could not be stored now. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
