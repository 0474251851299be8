import type { Erased, PersonalRows, PersonKey } from '../domain/privacy.ts';
import type { RemovedKind } from '../domain/activity.ts';
import type { Agent, Answering } from '../domain/agent.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { ActivitySet } from '../domain/direct-line.ts';
import type { Note } from '../domain/ports.ts';
import type { Problem, Ticket, TicketVerdict, Who, Work } from '../domain/ticket.ts';
import type { TicketSection } from './section.ts';

// What the console's API answers: server and browser share this declaration. Instants are ISO 8601, UTC.

/** Who is signed in, and what their console is made of. */
export interface Me {
  readonly agent: Agent;
  /** Where tickets go. */
  readonly desk: string;
  readonly causes: readonly NamedCause[];
}

/** A cause, as agents call it. */
export interface NamedCause {
  readonly slug: string;
  readonly name: string;
}

/** A ticket as it stands in a list. */
export interface TicketRow
  extends
    Pick<Ticket, 'number' | 'language'>,
    Pick<Problem, 'words' | 'feature' | 'topic'>,
    Pick<TicketVerdict, 'cause' | 'class'>,
    Pick<Who, 'account' | 'channel'>,
    Pick<Work, 'state' | 'holder' | 'trueCause' | 'solved' | 'priority' | 'unread' | 'mergedInto'> {
  /** Who cannot do what, why, and how sure that is. */
  readonly headline: string;
  /** The same in a few words. */
  readonly title: string;
  readonly causeName: string;
  /** Null: UNVERIFIED. */
  readonly customer: string | null;
  /** When it came into its state. */
  readonly since: string;
  readonly openedAt: string;
  /** When the customer wrote what no person has answered; null: they do not wait. */
  readonly waitsSince: string | null;
  /** By when they are to be answered; null: nothing is promised, or they do not wait. */
  readonly answerBy: string | null;
  readonly delivery: TicketDelivery;
}

/** How a ticket's way to its desk stands. */
export interface TicketDelivery {
  readonly desk: string;
  readonly deliveredAt: string | null;
  readonly attempts: number;
  /** Not null: the desk refused it. */
  readonly dead: { readonly at: string; readonly reason: string } | null;
  /** The page on which the desk's agents read it. */
  readonly url: string | null;
}

/** One page of a list; `next` is the cursor of the page after it. */
export interface TicketPage {
  readonly tickets: readonly TicketRow[];
  readonly next: string | null;
  readonly counts: TicketCounts;
}

/** How many wait, how many are the agent's own, and in how many of those the customer wrote unseen; counting stops at 100. */
export interface TicketCounts {
  readonly waiting: number;
  readonly mine: number;
  readonly unread: number;
}

/** A ticket with everything that an agent sees of it. */
export interface TicketDetail {
  readonly row: TicketRow;
  readonly sections: readonly TicketSection[];
  /** The ticket's second line, in parts. */
  readonly context: readonly string[];
  readonly notes: readonly NoteJson[];
  /** The oldest first. */
  readonly history: readonly AuditEntryJson[];
  /** Null: the bot speaks with the customer. */
  readonly answering: Omit<Answering, 'at'> | null;
  /** Those that went on in this one from other conversations, the oldest first: what is said there belongs to it. */
  readonly joined: readonly Pick<TicketRow, 'number' | 'channel'>[];
  /** The other tickets of the same person or conversation. */
  readonly earlier: readonly TicketRow[];
  /** In the answer to a reply or a note: what was taken out of it. */
  readonly removed?: readonly RemovedKind[];
}

/** A note of an agent's. */
export interface NoteJson extends Omit<Note, 'at'> {
  readonly at: string;
}

/** An entry of the audit log. */
export interface AuditEntryJson extends Omit<AuditEntry, 'at'> {
  readonly at: string;
}

/** One page of the audit log, the newest first; `next` is the cursor of the page after it. */
export interface AuditPage {
  readonly entries: readonly AuditEntryJson[];
  readonly next: string | null;
}

/** Everything that is stored of one person. */
export interface PersonJson {
  readonly person: PersonKey;
  readonly tables: PersonalRows;
}

/** What became of it. */
export type ErasedJson = Erased;

/** Somebody in a channel who pressed "Claim" there and is not connected with an agent yet. */
export interface UnlinkedPersonJson {
  /** As people call it, such as "Slack". */
  readonly channel: string;
  readonly name: string;
}

/** What agents do with a ticket: the last part of the path to post to. */
export type TicketActionName =
  | ('claim' | 'assign' | 'priority' | 'merge' | 'seen' | 'release')
  | ('reply' | 'note' | 'hand-back' | 'close' | 'reopen' | 'requeue');

/** What did not work; `ticket` is its fresh state where somebody else was faster. */
export interface ApiFailure {
  readonly error: { readonly code: string; readonly message: string };
  readonly ticket?: TicketDetail;
}

/** Whether a customer is there, and how far they read; `leftAt` null: they are there, or never were. */
export interface PresenceJson {
  readonly here: boolean;
  readonly leftAt: string | null;
  /** The watermark up to which everything was shown to them. */
  readonly seen: number;
}

/**
 * One frame of the console's stream: a ticket changed, or of a conversation of the watched ticket: something was said, the customer
 * came, left or read on, or they are writing.
 */
export type ConsoleFrame = { readonly changed: string } | TalkFrame;

/** `of`: the ticket whose conversation it is, where that went on in the watched one. */
export type TalkFrame = { readonly ticket: string; readonly of?: string } & (
  ActivitySet | { readonly presence: PresenceJson } | { readonly typing: true }
);
