import type { Agent, Answering, Person } from './agent.ts';
import type { AuditAction, AuditEntry } from './audit.ts';
import type { Addresses, LinkCode, Links } from './channels.ts';
import type { ConnectedAgents, Escalations } from './escalation.ts';
import type { Figures } from './figures.ts';
import type { Instant } from './instant.ts';
import type { Feedback, Outcome } from './outcome.ts';
import type { SubjectFields } from './subject.ts';
import type { DeadLetter, Delivery, FiledTicket, Ticket, TicketRef, WorkState } from './ticket.ts';

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
  /** Others read along: nothing of an account is told. */
  readonly shared: boolean;
}

/** A conversation as its next turn finds it. `version` guards `commit`. */
export interface LoadedConversation extends Conversation {
  /** As JSON, so that every reading of it is a fresh copy; null before the first turn. */
  readonly state: string | null;
  readonly version: number;
  /** The person who answers; null: the bot does. */
  readonly answering: Answering | null;
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
  /** Counts the complaints of the conversation. */
  readonly episode: number;
  readonly answers: PendingActivity;
  readonly state: unknown;
  readonly replies: readonly Wire[];
  readonly ticket: Ticket | null;
  readonly feedback: Feedback | null;
  readonly outcome: OutcomeRecord | null;
  readonly shown: readonly Shown[];
  /** The customer's words for which nothing was found. */
  readonly unanswered: string | null;
  /** What the customer said of a closed ticket: one that is not solved waits again. */
  readonly solved: { readonly ticket: string; readonly solved: boolean } | null;
  /** The ticket whose desk is to get the answered activity too. */
  readonly later: string | null;
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
  /** Does nothing where it is open already. */
  open(conversation: Conversation): Promise<void>;
  /**
   * Whom the customer proved to be, null: nobody any more; where that is somebody else than before, the talk begins anew.
   * Null or an e-mail address changes nothing where more than an address was proved.
   */
  identify(id: string, subject: SubjectFields | null): Promise<void>;
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
  /**
   * Takes the words out of the inbound activity of this client id and of those whose id is it with a space and more behind;
   * `keep`: but for this one.
   */
  forget(id: string, clientId: string, keep: string | null): Promise<void>;
}

/** Secrets are stored hashed: the store's copy opens nothing. */
export interface Tokens {
  add(secret: string, token: Token): Promise<void>;
  find(secret: string): Promise<Token | null>;
  /** True for the first claim of an id, false for every later one until `until`. */
  claimOnce(id: string, until: Instant): Promise<boolean>;
}

/** Which tickets to list: `waiting` the most urgent first, `mine` and `claimed` the oldest, the others the newest. */
export interface TicketQuery {
  readonly view: WorkState | 'mine' | 'dead';
  /** For `mine`. */
  readonly holder?: string | undefined;
  readonly cause?: string | undefined;
  /** The last one of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The tickets that were opened. */
export interface Tickets {
  newest(limit: number): Promise<readonly FiledTicket[]>;
  find(number: string): Promise<FiledTicket | null>;
  list(query: TicketQuery): Promise<readonly FiledTicket[]>;
  /** How many there are in a view; it stops counting at `most`. */
  count(query: Pick<TicketQuery, 'view' | 'holder'>, most: number): Promise<number>;
  /** By number, e-mail or `account|user`: the newest first. */
  search(what: string, limit: number): Promise<readonly FiledTicket[]>;
  /** What agents wrote for each other, the oldest first. */
  notes(number: string): Promise<readonly Note[]>;
}

/** What an agent wrote for other agents. */
export interface Note {
  readonly id: string;
  readonly at: Instant;
  readonly by: Person;
  readonly text: string;
}

/** One thing an agent does: checked, done, told to the customer and remembered in one transaction. */
export interface AgentAction {
  readonly ticket: string;
  readonly by: Person;
  readonly action: AuditAction;
  readonly detail?: string;
  /** It is done only where the ticket is in one of these states and has this holder (undefined: any; null: none). */
  readonly when: { readonly states: readonly WorkState[]; readonly holder?: string | null };
  readonly becomes?: { readonly state: WorkState; readonly holder: Person | null; readonly trueCause?: string | null };
  readonly note?: string;
  /** Whoever answers from now on; undefined: as before. */
  readonly answering?: Answering | null;
  readonly says?: readonly Wire[];
  /** An activity for the bot to answer. */
  readonly asks?: Wire;
  /** The same id again is the same action. */
  readonly id: string;
}

/** `refused`: the ticket is not as it was to be. `again`: it had been done before. */
export type ActionDone =
  | { readonly done: 'refused' }
  | { readonly done: 'again' }
  | { readonly done: 'now'; readonly conversationId: string; readonly activities: readonly StoredActivity[] };

/** What agents do with tickets. */
export interface Work {
  act(action: AgentAction): Promise<ActionDone>;
}

/** Who did what, the newest first. */
export interface Audit {
  add(entry: Omit<AuditEntry, 'at'>): Promise<void>;
  newest(limit: number, before?: string): Promise<readonly AuditEntry[]>;
  ofTicket(number: string): Promise<readonly AuditEntry[]>;
}

/** Who is signed in to the console. Secrets are stored hashed. */
export interface AgentSessions {
  open(secret: string, agent: Agent, expiresAt: Instant): Promise<void>;
  /** Null: there is none, or it expired. */
  find(secret: string): Promise<Agent | null>;
  end(secret: string): Promise<void>;
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

/** The tickets that agents work on in the console. Adding twice is adding once. */
export interface Queue {
  add(ticket: Ticket): Promise<void>;
}

/** Everything that is kept. */
export interface Store extends Conversations {
  readonly tokens: Tokens;
  readonly tickets: Tickets;
  readonly outbox: Outbox;
  readonly queue: Queue;
  readonly work: Work;
  readonly audit: Audit;
  readonly agentSessions: AgentSessions;
  readonly figures: Figures;
  readonly addresses: Addresses;
  readonly links: Links;
  readonly escalations: Escalations;
  readonly connectedAgents: ConnectedAgents;
  /** Throws when a message could not be stored now. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
