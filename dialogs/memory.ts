import type { DialogInstance } from 'botbuilder-dialogs';
import type { AnswerRated } from '../src/domain/activity.ts';
import type { Instant } from '../src/domain/instant.ts';
import type { StoredOutcome } from '../src/domain/outcome.ts';
import type { NamedFeature } from '../src/domain/recognition.ts';
import type { Action } from '../src/domain/reply.ts';
import { wholeSnapshot, type Snapshot } from '../src/domain/snapshot.ts';
import type { Contradiction } from '../src/domain/ticket.ts';
import type { Verdict } from '../src/domain/verdict.ts';
import {
  packSnapshot,
  packVerdict,
  unpackSnapshot,
  unpackVerdict,
  type PackedSnapshot,
  type PackedVerdict,
} from './packed.ts';

/** Raise this when an older stack or memory can no longer be continued: such a conversation restarts politely. */
export const stateVersion = 5;

/** What is stored between two turns of a conversation. */
export interface State {
  readonly v: typeof stateVersion;
  readonly stack: readonly DialogInstance[];
  readonly memory: Memory;
}

/** What a conversation remembers, whatever dialog runs. Its size does not grow with the number of turns. */
export interface Memory {
  greeted: boolean;
  /** The page told who the customer is, but that was not believed, or it could not tell. */
  unconfirmed: boolean;
  /** Counts the complaints of a conversation; each has one outcome. */
  complaintNumber: number;
  /** Turns in a row that were not understood. */
  misses: number;
  /** The buttons below the last reply. */
  offered: readonly Action[];
  /** What a bare yes or no means: the question or offer that the last turn ended with; null: it ended with none. */
  asked: Asked | null;
  complaint: Complaint | null;
  snapshot: Snapshot | null;
  verdict: Verdict | null;
  /** The cause that was proved last and not seen to be gone; null: none. */
  blocked: string | null;
  steps: OfferedStep[];
  feedback: { answered: boolean; reason: string | null } | null;
  answers: { question: string; answer: string }[];
  /** Looks in a row that brought no news, and how often the customer contradicted what was told. */
  looks: number;
  objections: number;
  /** What was told and observed; no more than tickets show. */
  happened: Happened[];
  /** What the customer says against what the account told. */
  contradictions: Contradiction[];
  /** The slug of what it is about where it is no denial. */
  topic: string | null;
  /** How to reach somebody who is not signed in, as they typed it. */
  contact: string | null;
  ticket: string | null;
  outcome: StoredOutcome | null;
  /** The tickets of the last hour; no more than may be opened in one. */
  tickets: { number: string; at: Instant; complaintNumber: number }[];
  /** The customer's language, where it is not the content's. */
  language: string | null;
  /** The time zone (IANA) that their client told last. */
  zone: string | null;
  /** The ticket that was opened last, also when it is closed. */
  lastTicket: string | null;
  /** The articles that were shown as an answer or read before: none is shown twice. */
  articles: readonly string[];
  /** What was judged last by the client's own means: the same again is no news. */
  rated: Pick<AnswerRated, 'of' | 'answered' | 'reason'> | null;
  /** The articles from whose pages the customer came, and when. */
  read: readonly { readonly article: string; readonly at: Instant }[];
}

/** What a yes and a no stand for, as an `Action.means`; null: nothing, the customer is asked to say it in other words. */
export interface Asked {
  readonly yes: string | null;
  readonly no: string | null;
}

/** One thing that happened in the talk about a complaint; `cause`: which one was told; `text`: what the customer wrote. */
export interface Happened {
  readonly at: Instant;
  readonly what:
    'told' | 'same' | 'gone' | 'back' | 'unread' | 'wrote' | 'said' | 'yes' | 'no' | 'person' | 'screenshot';
  readonly cause?: string;
  readonly text?: string;
}

/** What the customer cannot get into, in their own words. */
export interface Complaint {
  /** The customer's own words. */
  readonly words: string;
  readonly feature: string | null;
  /** Every feature that was named, with what was said of it. */
  readonly features: readonly NamedFeature[];
  /** Whoever cannot get in, where that is not the writer. */
  readonly otherPerson: string | null;
  readonly at: Instant;
  readonly errorCode: string | null;
  readonly requestId: string | null;
  /** When it happened, in the customer's words. */
  readonly time: string | null;
  /** What was pasted from a machine in a later message; missing: nothing was. */
  readonly pasted?: string;
}

/** A step that was read back, whether it was tried, and what a re-check observed after it. */
export interface OfferedStep {
  readonly article: string;
  readonly step: string;
  tried: boolean;
  observed: string | null;
}

/** The memory of a conversation that begins. */
export function emptyMemory(): Memory {
  return {
    greeted: false,
    unconfirmed: false,
    complaintNumber: 0,
    misses: 0,
    offered: [],
    asked: null,
    lastTicket: null,
    articles: [],
    read: [],
    rated: null,
    tickets: [],
    language: null,
    zone: null,
    ...emptyComplaint(),
  };
}

/** Forgets what belonged to one complaint. */
export function emptyComplaint() {
  const nothing = { complaint: null, snapshot: null, verdict: null, feedback: null, ticket: null, outcome: null };
  return {
    ...nothing,
    topic: null,
    contact: null,
    steps: [],
    answers: [],
    contradictions: [],
    happened: [],
    blocked: null,
    looks: 0,
    objections: 0,
  };
}

/** As it is stored, to be read by `readState`. */
export function storedState({ v, stack, memory }: State): object {
  const { snapshot, verdict } = memory;
  const packed = { snapshot: snapshot && packSnapshot(snapshot), verdict: verdict && packVerdict(verdict) };
  // What is as in a conversation that begins is left out: `readState` puts it back.
  const changed = Object.entries({ ...memory, ...packed }).filter(([name, value]) => !isAtFirst(name, value));
  return { v, stack, memory: Object.fromEntries(changed) };
}

const atFirst = emptyMemory() as unknown as Record<string, unknown>;

function isAtFirst(name: string, value: unknown): boolean {
  return value === atFirst[name] || (Array.isArray(value) && value.length === 0);
}

/** A stored state, as a copy of its own; null where there is none or it is of another version. */
export function readState(stored: string | null): State | null {
  const state = stored === null ? null : (JSON.parse(stored) as Partial<State>);
  if (state?.v !== stateVersion || !state.memory) return null;
  // What was stored before something was remembered has not seen any of it.
  const memory = { ...emptyMemory(), ...state.memory };
  const { snapshot, verdict } = memory as { snapshot: StoredSnapshot | null; verdict: StoredVerdict | null };
  const whole = { snapshot: snapshot && readSnapshot(snapshot), verdict: verdict && readVerdict(verdict) };
  return { ...(state as State), memory: { ...memory, ...whole } };
}

// Versions before stored them as they are.
type StoredSnapshot = Snapshot | PackedSnapshot;
type StoredVerdict = Verdict | PackedVerdict;

function readSnapshot(stored: StoredSnapshot): Snapshot {
  return 'read' in stored ? unpackSnapshot(stored) : wholeSnapshot(stored);
}

function readVerdict(stored: StoredVerdict): Verdict {
  return 'found' in stored ? unpackVerdict(stored) : stored;
}

/**
 * The memory of a conversation that starts over, because an update can no longer continue it: what was told of tickets stays
 * true, whatever version stored it.
 */
export function restartedMemory(stored: string | null): Memory {
  const { memory } = (stored === null ? {} : JSON.parse(stored)) as { memory?: Partial<Memory> };
  const { greeted = false, unconfirmed = false, complaintNumber = memory ? 0 : -1 } = memory ?? {};
  const { language = null, zone = null, tickets = [], ticket = null } = memory ?? {};
  const lastTicket = memory?.lastTicket ?? ticket ?? tickets.at(-1)?.number ?? null;
  const kept = { greeted, unconfirmed, language, zone, tickets, ticket, lastTicket };
  return { ...emptyMemory(), ...kept, complaintNumber: complaintNumber + 1 };
}
