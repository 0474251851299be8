import type { AgentSessions, Audit, Note, TicketActions } from './agent-storage.ts';
import type { Addresses, Links } from './channels.ts';
import type { Conversations } from './conversations.ts';
import type { Day, Figures } from './figures.ts';
import type { Instant } from './instant.ts';
import type { Backlog } from './operations.ts';
import type { Feedback } from './outcome.ts';
import type { Persons, Retention } from './privacy.ts';
import type { Reading } from './reading.ts';
import type { Screenshots } from './screenshots.ts';
import type { VerifiedSubject } from './subject.ts';
import type { DeadLetter, Delivery, FiledTicket, Ticket, TicketRef, TicketView } from './ticket.ts';
import type { ConnectedAgents, TicketPosts } from './ticket-feed.ts';

/** What a token opens, and until when. */
export interface Token {
  readonly conversationId: string;
  /** The author of the activities that come with this token. */
  readonly userId: string;
  readonly expiresAt: Instant;
  /** Until when the token may still be exchanged for a new one. */
  readonly refreshableUntil: Instant;
  /** When that is over for all tokens of the conversation, however often they were exchanged. */
  readonly endsAt: Instant;
  /** Whoever has it was proved by a signed identity: it opens all conversations of that person. */
  readonly signed: boolean;
}

/** Secrets are stored hashed: the store's copy opens nothing. */
export interface Tokens {
  /** Forgets tokens that nobody could exchange for a week, and of this conversation and user all but this one and the one before. */
  add(secret: string, token: Token): Promise<void>;
  /** Null: there is none. An expired one is found for as long as it may be exchanged. */
  find(secret: string): Promise<Token | null>;
  /** Those of these users that have a token, expired or not. */
  withTokens(userIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Forgets all tokens of a user. */
  revoke(userId: string): Promise<void>;
  /** True for the first claim of an id, false for every later one until `until`. */
  claimOnce(id: string, until: Instant): Promise<boolean>;
}

/** Which tickets to list: `waiting` the most urgent first, `mine` and `claimed` the oldest, the others the newest. */
export interface TicketQuery {
  readonly view: TicketView;
  /** For `mine`. */
  readonly holder?: string | undefined;
  readonly cause?: string | undefined;
  /** The last one of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The tickets that were opened. */
export interface Tickets {
  /** By when they were opened. */
  newest(limit: number): Promise<readonly FiledTicket[]>;
  /** Null: there is no such ticket. */
  find(number: string): Promise<FiledTicket | null>;
  /** Of a verified person, in whatever conversation: the ticket opened last, unless it was closed over 30 days ago. */
  newestOf(subject: Pick<VerifiedSubject, 'accountId' | 'userId'>): Promise<FiledTicket | null>;
  /** One page of a view. */
  list(query: TicketQuery): Promise<readonly FiledTicket[]>;
  /** How many there are in a view; it stops counting at `most`. */
  count(query: Pick<TicketQuery, 'view' | 'holder'>, most: number): Promise<number>;
  /** How many somebody has whose customer wrote, unseen; it stops counting at `most`. */
  countUnread(holder: string, most: number): Promise<number>;
  /**
   * Those in which every word of `what` stands, or begins a word: number, person, company, what they wrote. The newest first;
   * case and accents make no difference. None where there is no word in it. `after`: the last one of the page before.
   */
  search(
    what: string,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly FiledTicket[]>;
  /** Other tickets of the same verified person, or of the same conversation: the newest first. */
  besides(ticket: Ticket, limit: number): Promise<readonly FiledTicket[]>;
  /** Those that went on in this one, the oldest first. */
  joined(number: string): Promise<readonly FiledTicket[]>;
  /** What agents wrote for each other, the oldest first. */
  notes(number: string): Promise<readonly Note[]>;
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
  deadLetter(id: string, attempts: number, dead: DeadLetter): Promise<void>;
  /** Makes the dead letters of a ticket due again; false: there is none. */
  requeue(ticket: string): Promise<boolean>;
}

/** The tickets that agents work on in the console. Adding twice is adding once. */
export interface Queue {
  /** Throws where it could not be stored. */
  add(ticket: Ticket): Promise<void>;
}

/** What readers say of answers outside of a turn, as below an article; a turn stores its feedback by itself. */
export interface FeedbackBook {
  /** `by` names who was asked, once: another answer takes the place of the one before. */
  give(by: string, feedback: Feedback): Promise<void>;
}

/** How often the pages of articles were opened: by the day, and by nobody. */
export interface ArticleViews {
  /** Adds to what was counted on that day. */
  add(day: Day, counts: ReadonlyMap<string, number>): Promise<void>;
}

/** Secrets that open something once; of those that are stored only hashes. */
export interface OneTime {
  /** `purpose` names what for, `opens` what the secret opens, until then. Those for mails outlive the process. */
  add(
    secret: string,
    one: { readonly purpose: string; readonly opens: string; readonly until: Instant },
  ): Promise<void>;
  /** What it opens, from now on nothing; null: nothing, or not for this. */
  take(secret: string, purpose: string): Promise<string | null>;
  /** Nothing opens this any more. */
  revoke(purpose: string, opens: string): Promise<void>;
}

/** What only one process at a time does. */
export interface Leases {
  /** True: it is the caller's for so many milliseconds from now on, and may be asked for again meanwhile. */
  hold(name: string, ms: number): Promise<boolean>;
  /** Others may have it. */
  release(name: string): Promise<void>;
}

/** Points that are spent by key. */
export interface Limiter {
  /** Spends one point of a key. Rejects where none is left, with what tells when there is one again. */
  consume(key: string): Promise<unknown>;
}

/** So many points for each key in so many seconds, for all processes that share the store; `name` tells limits apart. */
export type SharedLimits = (name: string, points: number, seconds: number) => Limiter;

/** Everything that is kept. */
export interface Store extends Conversations {
  readonly tokens: Tokens;
  readonly tickets: Tickets;
  readonly outbox: Outbox;
  readonly queue: Queue;
  readonly ticketActions: TicketActions;
  readonly audit: Audit;
  readonly agentSessions: AgentSessions;
  readonly figures: Figures;
  readonly feedback: FeedbackBook;
  readonly articleViews: ArticleViews;
  readonly addresses: Addresses;
  readonly links: Links;
  readonly reading: Reading;
  readonly screenshots: Screenshots;
  readonly ticketPosts: TicketPosts;
  readonly connectedAgents: ConnectedAgents;
  /** How much waits; however much is stored, it takes no longer. */
  backlog(): Promise<Backlog>;
  /** Throws when a message could not be stored now. */
  ready(): Promise<void>;
  readonly leases: Leases;
  readonly oneTime: OneTime;
  readonly limits: SharedLimits;
  /** A key of 256 bits as base64url, the same for all processes that share the store. Made where there is none. */
  sharedKey(name: string): Promise<string>;
  readonly retention: Retention;
  readonly persons: Persons;
  /** Whether another process may have written since this was asked before. */
  changedOutside(): Promise<boolean>;
  /** Lets nothing wait for longer than anything does, should the clock have been set back. */
  capWaits(): Promise<void>;
  /** Whatever runs must have ended before. */
  close(): Promise<void>;
}
