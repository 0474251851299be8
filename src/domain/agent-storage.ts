import type { ConversationEvent } from './activity.ts';
import type { Agent, Answering, Person } from './agent.ts';
import type { AuditAction, AuditEntry } from './audit.ts';
import type { Instant } from './instant.ts';
import type { Reply } from './reply.ts';
import type { Priority, WorkState } from './ticket.ts';

/** What an agent wrote for other agents. */
export interface Note {
  readonly id: string;
  readonly at: Instant;
  readonly by: Person;
  readonly text: string;
}

/** What an agent changes in one conversation. */
export interface TalkChange {
  readonly conversationId: string;
  /** Whoever answers from now on; undefined: as before. */
  readonly answering?: Answering | null;
  readonly says: readonly Reply[];
  /** For the bot to answer in it. */
  readonly asks?: ConversationEvent;
}

/** One thing an agent does: checked, done, told to the customer and remembered in one transaction. */
export interface AgentAction {
  readonly ticket: string;
  readonly by: Person;
  readonly action: AuditAction;
  readonly detail?: string;
  /** It is done only where the ticket is in one of these states and has this holder (undefined: any; null: none) and priority. */
  readonly when: {
    readonly states: readonly WorkState[];
    readonly holder?: string | null;
    readonly priority?: Priority;
  };
  readonly becomes?: {
    readonly state: WorkState;
    readonly holder: Person | null;
    readonly trueCause?: string | null;
  };
  /**
   * The open ticket in which it goes on: that gets what this one's customer waits for, and what they write later. `tells`: what
   * the customer reads wherever they are, and the desks as a comment.
   */
  readonly merges?: { readonly into: string; readonly tells: Reply };
  readonly priority?: Priority;
  readonly note?: string;
  /** What changes in its conversation, and in those of the tickets that went on in it. */
  readonly talks?: readonly TalkChange[];
  /** The same id again is the same action. */
  readonly id: string;
}

/** `refused`: the ticket is not as it was to be. `again`: it had been done before. */
export type ActionDone = 'refused' | 'again' | 'now';

/** What agents do with tickets. */
export interface TicketActions {
  /** Whoever has it, or anybody where nobody has, has seen what is unread, if that is still so many messages. */
  see(ticket: string, by: Person, unread: number): Promise<void>;
  /** Each `id` is done once; what a ticket's state forbids is refused and changes nothing. */
  act(action: AgentAction): Promise<ActionDone>;
}

/** Who did what, the newest first. */
export interface Audit {
  /** Throws where there is an entry of this id already. */
  add(entry: Omit<AuditEntry, 'at'>): Promise<void>;
  /** `before`: `<at>.<id>` of the last entry of the page before. Throws `message-invalid` where that is none. */
  newest(limit: number, before?: string): Promise<readonly AuditEntry[]>;
  /** The oldest first. */
  ofTicket(number: string): Promise<readonly AuditEntry[]>;
}

/** Who is signed in to the console. Secrets are stored hashed. */
export interface AgentSessions {
  /** Those that expired more than a week ago are forgotten. */
  open(secret: string, agent: Agent, expiresAt: Instant): Promise<void>;
  /** Null: there is none, or it expired. */
  find(secret: string): Promise<Agent | null>;
  /** Who signed in within the last days: the latest first, each once. */
  known(limit: number): Promise<readonly Agent[]>;
  /** Does nothing where there is none. */
  end(secret: string): Promise<void>;
}
