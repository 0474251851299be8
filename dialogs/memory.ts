import type { DialogInstance } from 'botbuilder-dialogs';
import type { Instant } from '../src/domain/instant.ts';
import type { Outcome } from '../src/domain/outcome.ts';
import type { Action } from '../src/domain/reply.ts';
import type { Snapshot } from '../src/domain/snapshot.ts';
import type { Verdict } from '../src/domain/verdict.ts';

/** Raise this when an older stack or memory can no longer be continued: such a conversation restarts politely. */
export const stateVersion = 4;

/** What is stored between two turns of a conversation. */
export interface State {
  readonly v: typeof stateVersion;
  readonly stack: readonly DialogInstance[];
  readonly memory: Memory;
}

/** What a conversation remembers, whatever dialog runs. Its size does not grow with the number of turns. */
export interface Memory {
  greeted: boolean;
  /** Counts the complaints of a conversation; each has one outcome. */
  complaintNumber: number;
  /** Turns in a row that were not understood. */
  misses: number;
  /** The buttons below the last reply. */
  offered: readonly Action[];
  complaint: Complaint | null;
  snapshot: Snapshot | null;
  verdict: Verdict | null;
  steps: OfferedStep[];
  feedback: { answered: boolean; reason: string | null } | null;
  answers: { question: string; answer: string }[];
  ticket: string | null;
  outcome: Outcome | null;
  /** The tickets of the last hour; no more than may be opened in one. */
  tickets: { number: string; at: Instant }[];
  /** The customer's language, where it is not the content's. */
  language: string | null;
}

/** What the customer cannot get into, in their own words. */
export interface Complaint {
  /** The customer's own words. */
  readonly words: string;
  readonly feature: string | null;
  readonly at: Instant;
  readonly errorCode: string | null;
  readonly requestId: string | null;
  /** When it happened, in the customer's words. */
  readonly time: string | null;
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
    complaintNumber: 0,
    misses: 0,
    offered: [],
    tickets: [],
    language: null,
    ...emptyComplaint(),
  };
}

/** Forgets what belonged to one complaint. */
export function emptyComplaint() {
  const nothing = { complaint: null, snapshot: null, verdict: null, feedback: null, ticket: null, outcome: null };
  return { ...nothing, steps: [], answers: [] };
}

/** A stored state, as a copy of its own; null where there is none or it is of another version. */
export function readState(stored: string | null): State | null {
  const state = stored === null ? null : (JSON.parse(stored) as Partial<State>);
  return state?.v === stateVersion ? (state as State) : null;
}
