import type { Activity, StoredActivity, StoredInbound } from '../domain/activity.ts';
import { SupportError } from '../domain/errors.ts';
import type { Instant } from '../domain/instant.ts';
import * as queries from './queries.ts';
import type { Steps } from './prepared.ts';

/** An activity with all that its row holds but its number. `attempts` null: no turn is to answer it. */
export interface NewActivity {
  readonly activity: Activity;
  readonly at: Instant;
  readonly author: string | null;
  readonly clientId: string | null;
  readonly attempts: number | null;
}

/** For how long a process has a turn that it does not end: longer than any takes. Milliseconds. */
const turnMs = 15_000;

/** A turn of this process that begins now. */
export function turnOf(owner: string, now: Instant) {
  return { owner, now, until: now + turnMs };
}

interface Appended {
  readonly stored: StoredInbound;
  /** This process answers it. */
  readonly isOurs: boolean;
  /** A ticket of the conversation is open, or goes on in another one. */
  readonly hasTicket: boolean;
}

/**
 * Stores an activity that is to be answered behind the last one of its conversation. Throws `conversation-unknown`.
 */
export function* appendToAnswer(id: string, one: Omit<NewActivity, 'attempts'>, owner: string): Steps<Appended> {
  const [next] = yield* queries.nextSeqToAnswer({ id, ...turnOf(owner, one.at) });
  if (!next) throw new SupportError('conversation-unknown');
  const stored = yield* insertAt(id, next.last_seq, { ...one, attempts: 0 });
  return { stored: stored as StoredInbound, isOurs: next.turn_owner === owner, hasTicket: next.has_ticket === 1 };
}

/** Stores an activity behind the last one of its conversation. Throws `conversation-unknown`. */
export function* append(id: string, one: NewActivity): Steps<StoredActivity> {
  const [next] = yield* queries.nextSeq({ id });
  if (!next) throw new SupportError('conversation-unknown');
  return yield* insertAt(id, next.last_seq, one);
}

/** Stores an activity at a number that was taken for it. */
export function* insertAt(
  id: string,
  seq: number,
  { activity, at, author, clientId, attempts }: NewActivity,
): Steps<StoredActivity> {
  yield* queries.addActivity({ id, seq, clientId, attempts, activity: JSON.stringify(activity), at, author });
  return { ...activity, seq, at, author };
}

/** What a row of `activities` holds. */
export interface ActivityRow {
  readonly seq: number;
  readonly activity: string;
  readonly at: number;
  readonly author: string | null;
}

/** A row as the activity that it keeps. */
export function fromActivityRow({ seq, activity, at, author }: ActivityRow): StoredActivity {
  return { ...(JSON.parse(activity) as Activity), seq, at, author };
}

/** The row of an activity that came in; under its client id there are none of ours, and none of them waits. */
export function fromInboundRow(row: ActivityRow): StoredInbound {
  return fromActivityRow(row) as StoredInbound;
}
