import type { Person } from './agent.ts';
import type { Instant } from './instant.ts';
import type { TellableFinding } from './reply.ts';
import type { SubjectFields } from './subject.ts';
import type { CauseSlug } from './verdict.ts';

/**
 * What a person receives: built from state, never from prose. Sentences in it are filled from `content/`. Members that may be
 * missing are so in tickets of earlier versions.
 */
export interface Ticket {
  readonly number: string;
  readonly conversationId: string;
  readonly openedAt: Instant;
  /** High: every check allows access, so only a person can find the cause. */
  readonly priority: 'high' | 'normal';
  /** Who cannot do what, and why: a sentence. */
  readonly headline?: string;
  /** What it is called where the customer reads it. */
  readonly customerSubject?: string;
  readonly problem: Problem;
  readonly who: Who;
  /** When waiting opens the door, where it does. */
  readonly opensAt?: Instant;
  /** What was told and observed, in its order; the first and the latest where it was much. */
  readonly happened?: readonly HappenedEvent[];
  readonly facts: readonly TicketFact[];
  readonly verdict: TicketVerdict;
  readonly steps: readonly TicketStep[];
  readonly feedback: { readonly answered: boolean; readonly reason: string | null } | null;
  /** What the customer answered to the article's questions. */
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
  /** What the customer says against what the account told, in their words; missing: nothing. */
  readonly contradictions?: readonly Contradiction[];
  /** The smallest set of changes that opens the door, in a sentence; missing: not known. */
  readonly wayOut?: string;
  /** `caution`: what to mind before that, as this talk went. */
  readonly nextStep: { readonly proposal: string; readonly who: string; readonly caution?: string };
  readonly article: { readonly slug: string; readonly version: string } | null;
  readonly language: string;
  /** What it means for the agent, where it is not the team's. */
  readonly languageNote?: string;
}

/** One thing that happened in the talk, as agents read it. */
export interface HappenedEvent {
  readonly at: Instant;
  readonly text: string;
}

/** What the customer cannot do. */
export interface Problem {
  /** The customer's own words. */
  readonly words: string;
  readonly feature: string | null;
  readonly saidAt: Instant;
  readonly errorCode: string | null;
  readonly requestId: string | null;
  /** When it happened, in the customer's words. */
  readonly time: string | null;
  /** The error that they pasted later, as it was; missing: none, or it stands in `words`. */
  readonly pasted?: string;
  /** What it is about where it is no denial: "Refund"; missing: a denial. */
  readonly topic?: string;
  /** The other features that were named, with what was said of them: "Dashboards: works". */
  readonly otherFeatures?: readonly string[];
}

/** Two sides of one thing. */
export interface Contradiction {
  /** The customer's own words. */
  readonly said: string;
  /** What the account told, in a sentence, and when it was read. */
  readonly account: string;
  readonly readAt: Instant;
}

/** Who has the problem, as far as it was proved. */
export interface Who {
  /** Null: UNVERIFIED. */
  readonly subject: SubjectFields | null;
  readonly account: string | null;
  readonly role: string | null;
  readonly seat: string | null;
  readonly plan?: string | null;
  readonly channel: string;
  /** How to reach somebody who is not verified, as they typed it: never proof of who they are. Missing: not told. */
  readonly unverifiedContact?: string;
  /** Whom it is about, where the writer asks for somebody else: "Tom"; missing: the writer. */
  readonly otherPerson?: string;
}

/** One fact of the snapshot, by the name of what it tells; `value` null: it could not be read; `cause`: which it bears on. */
export interface TicketFact {
  readonly name: string;
  readonly value: string | null;
  readonly source: string;
  readonly readAt: Instant;
  readonly cause?: CauseSlug;
  /** There is none of it, such as an incident. */
  readonly none?: boolean;
}

/** A finding by the name of what was looked at; `warns`: it does not block, and is told all the same. */
export interface TicketFinding extends TellableFinding {
  readonly label?: string;
  readonly warns?: boolean;
}

/** The verdict as an agent reads it. */
export interface TicketVerdict {
  readonly class: 'proved' | 'possible' | 'nothing-blocks' | 'could-not-check' | 'not-diagnosed';
  readonly cause: string | null;
  /** The cause as agents call it. */
  readonly name: string;
  readonly summary: string;
  readonly findings: readonly TicketFinding[];
}

/** A step of an article: offered, then perhaps tried, then what a re-check observed. */
export interface TicketStep {
  readonly article: string;
  readonly step: string;
  readonly title: string;
  readonly tried: boolean;
  readonly observed: string | null;
}

/** A ticket in its desk: when the desk took it, how delivery stands, and who works on it. */
export interface FiledTicket {
  readonly ticket: Ticket;
  readonly desk: string;
  readonly deliveredAt: Instant | null;
  readonly attempts: number;
  /** Not null: the desk refused it or, where it was delivered, a later message; that waits for a person to have it tried again. */
  readonly dead: DeadLetter | null;
  readonly work: Work;
}

/** When a desk refused a ticket for good, and why. */
export interface DeadLetter {
  readonly at: Instant;
  readonly reason: string;
}

/** Where a desk keeps a ticket: its own id, and the page on which agents read it. */
export interface TicketRef {
  readonly id: string;
  readonly url: string | null;
}

/** `waiting` for an agent here, `sent` to an external desk whose agents work on it, `claimed` by one here, `closed`. */
export const workStates = ['waiting', 'sent', 'claimed', 'closed'] as const;
/** One of the states above. */
export type WorkState = (typeof workStates)[number];

/** The lists in which agents find tickets: by state, their own (`mine`), and those that a desk refused (`dead`). */
export const ticketViews = [...workStates, 'mine', 'dead'] as const;
/** One of the lists above. */
export type TicketView = (typeof ticketViews)[number];

/** How soon a ticket is to be answered, the most urgent first. */
export const priorities = ['high', 'normal', 'low'] as const;
/** One of the priorities above. */
export type Priority = (typeof priorities)[number];

/** Within how many milliseconds a customer is to be answered; missing: nothing is promised. */
export type ResponseTargets = Partial<Readonly<Record<Priority, number>>>;

/** How the work on a ticket stands; `since`: when it came into this state. */
export interface Work {
  readonly state: WorkState;
  readonly since: Instant;
  /** As the ticket has it until an agent changes it. */
  readonly priority: Priority;
  /** When the customer wrote the first thing that no person has answered; null: nobody waits. */
  readonly waitsSince: Instant | null;
  /** How many messages of the customer nobody who works on it has seen. */
  readonly unread: number;
  /** The ticket in which this one goes on; null: in none. */
  readonly mergedInto: string | null;
  /** Who claimed or closed it. */
  readonly holder: Person | null;
  /** What the agent found when closing it: the slug of a cause, `none` where none of them was it; null: not told. */
  readonly trueCause: string | null;
  /** What the customer answered to "Is it solved?"; null: nothing. */
  readonly solved: boolean | null;
  /** Where the external desk keeps it. */
  readonly ref: TicketRef | null;
}

/** What was written after a ticket was opened, by the customer unless it is `ours`; `seq` is its number in the conversation. */
export interface LaterMessage {
  readonly seq: number;
  readonly ours?: boolean;
  readonly text: string;
  readonly at: Instant;
}

/** One thing to bring to a desk: the ticket, or (`message` not null) what was written after it. */
export interface Delivery {
  readonly id: string;
  readonly filed: FiledTicket;
  readonly message: LaterMessage | null;
  /** Counts this one. */
  readonly attempts: number;
}

/** What happened to a ticket at its desk; `id` names it: the same id again is the same thing. */
export interface DeskEvent {
  readonly kind: 'replied' | 'closed';
  readonly id: string;
  /** Our number. */
  readonly ticket: string;
  readonly person: Person;
  /** Plain text; empty where nothing was said. */
  readonly text: string;
}
