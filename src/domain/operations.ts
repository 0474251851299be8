import type { ErrorCode } from './errors.ts';
import type { Instant } from './instant.ts';

/** `closed`: the far end is asked as usual; `open`: it is not asked; `half-open`: one probe is to tell. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** How much waits, counted no further than to `most`. */
export interface Backlog {
  readonly most: number;
  /** What is still to be brought to a desk, dead letters apart; `oldest`: when it was written, null: there is none. */
  readonly outbox: { readonly waiting: number; readonly oldest: Instant | null; readonly dead: number };
  /** The tickets that nobody has yet; `oldest`: since when it waits, null: there is none. */
  readonly tickets: { readonly waiting: number; readonly oldest: Instant | null };
}

/** How a desk or a channel took what was brought to it. */
export interface FarEndAnswer {
  readonly kind: 'desk' | 'channel';
  readonly name: string;
  readonly result: 'ok' | ErrorCode;
}

/** What the product rests on. */
export type FarEndKind = 'source' | 'desk' | 'channel' | 'store';

/** How one thing stands that the product rests on, as this process saw it. */
export interface Standing {
  readonly kind: FarEndKind;
  readonly name: string;
  /** `quiet`: it was not asked since the start. */
  readonly state: 'well' | 'failing' | 'quiet';
  /** Since when it stands so, as ISO 8601. */
  readonly since: string;
  /** The code of what went wrong; null: nothing did. */
  readonly why: string | null;
  /** Of a source: whether it is asked. */
  readonly breaker: BreakerState | null;
}

/** What the operators' page shows; `backlog` null: it could not be counted now. Instants as ISO 8601. */
export interface OperationsAnswer {
  readonly at: string;
  readonly standings: readonly Standing[];
  readonly backlog: Backlog | null;
  readonly openSockets: number;
}
