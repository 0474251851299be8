import { EventEmitter } from 'node:events';
import type { StoredActivity, StoredInbound } from './activity.ts';
import type { ErrorCode } from './errors.ts';
import type { BreakerState, FarEndAnswer } from './operations.ts';
import type { Source } from './snapshot.ts';
import type { Work } from './work.ts';

/** A turn that ended; `from` and `to` in milliseconds of this process. */
export interface EndedTurn extends Work {
  readonly from: number;
  readonly to: number;
}

/** What the store tells after a transaction: by its id what changed. Whoever listens must not throw, and does not wait. */
interface EventMap {
  /** New activities of a conversation, in order. Hub, outbound queue and consoles send them on. */
  'activities-stored': [conversationId: string, activities: readonly StoredActivity[]];
  /** An inbound activity waits for its turn. The turn queue takes it. */
  'turn-pending': [conversationId: string, activity: StoredInbound];
  /** A ticket is new, or stands otherwise than before. Consoles and ticket feeds show it. */
  'ticket-changed': [ticket: string];
  /** Another process stored something in a conversation. Whoever shows it looks. */
  'stored-elsewhere': [conversationId: string];
  /** Another process changed a ticket; empty: perhaps any. Consoles show it. */
  'ticket-changed-elsewhere': [ticket: string];
  /** This user of a conversation signed out. Their streams end. */
  'signed-out': [userId: string];
  /** A customer came, left, or read on, here or at another process. Consoles show it. */
  'reading-changed': [conversationId: string];
  /** Somebody writes in a conversation, here or at another process; it is not stored. */
  'customer-typing': [conversationId: string];
  'person-typing': [conversationId: string];
  /** From whoever reads accounts: an answer is doubtful at this path of members. The metrics count it. */
  'answer-doubtful': [path: string];
  /** From the turn queue: metrics, traces and the operators' page count it. */
  'turn-ended': [turn: EndedTurn];
  /** From whoever reads accounts: a source is not asked any more, is tried, or is asked again. */
  'breaker-changed': [source: Source, state: BreakerState];
  /** Another process does not ask a source any more. Whoever reads accounts gives it less patience. */
  'breaker-opened-elsewhere': [source: string];
  /** A desk or a channel took what was brought to it, or did not. */
  'far-end-answered': [answer: FarEndAnswer];
  /** From the server: a request was refused, or failed. The metrics count it. */
  'request-refused': [code: ErrorCode];
  /** Conversations were removed. The hub closes the streams of those that it has. */
  'conversations-gone': [ids: readonly string[]];
}

/** The one way in which the parts of a running product hear of each other. */
export type Events = EventEmitter<EventMap>;

/** The events of this process. */
export function createEvents(): Events {
  return new EventEmitter<EventMap>().setMaxListeners(0);
}
