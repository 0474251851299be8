import type { BreakerState } from '../domain/operations.ts';
import type { Clock } from '../domain/ports.ts';

/** When a circuit opens, and for how long. */
export interface CircuitBreakerOptions {
  /** So many failures in a row open it. */
  readonly opensAfter: number;
  /** For how many milliseconds it stays open, when it opened so often without a success; `retryAfterMs`: as reported. */
  readonly restMs: (openings: number, retryAfterMs: number | null) => number;
  readonly clock: Clock;
  /** Is told of every change. */
  readonly changed?: (state: BreakerState) => void;
}

/** Says how an attempt ended; `retryAfterMs`: how long the far end asks to be left alone. */
export type ReportAttempt = (succeeded: boolean, retryAfterMs?: number | null) => void;

/** Keeps a far end that fails from being asked. */
export interface CircuitBreaker {
  /** As of now: an open one is half-open as soon as it rested. */
  state(): BreakerState;
  /** For how many milliseconds it is open yet; 0: it is not. */
  restsMs(): number;
  /** Leave to ask once, which is to be reported; null: it is not to be asked now, or the probe is under way. */
  ask(): ReportAttempt | null;
  /** Others found that it fails: while closed, the next failure opens it, and the next success says otherwise. */
  suspect(): void;
}

/** A closed one. The probe alone decides what becomes of one that opened, not what was asked before and ends later. */
export function createCircuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  const { opensAfter, restMs, clock, changed = () => undefined } = options;
  let state: BreakerState = 'closed';
  let [failures, openings] = [0, 0];
  let rest = { since: 0, ms: 0 };

  function become(next: BreakerState): void {
    state = next;
    failures = 0;
    changed(next);
  }

  function open(retryAfterMs: number | null): void {
    openings += 1;
    rest = { since: clock.now(), ms: restMs(openings, retryAfterMs) };
    become('open');
  }

  function close(): void {
    openings = 0;
    become('closed');
  }

  function restsMs(): number {
    const rested = clock.now() - rest.since;
    // The clock may have been set back meanwhile.
    return state === 'open' && rested >= 0 ? Math.max(rest.ms - rested, 0) : 0;
  }

  return {
    restsMs,
    suspect() {
      failures = opensAfter - 1;
    },
    state: () => (state === 'open' && restsMs() === 0 ? 'half-open' : state),
    ask() {
      if (state === 'closed')
        return (succeeded, retryAfterMs = null) => {
          if (state !== 'closed') return;
          failures = succeeded ? 0 : failures + 1;
          if (failures >= opensAfter) open(retryAfterMs);
        };
      if (state === 'half-open' || restsMs() > 0) return null;
      become('half-open');
      return (succeeded, retryAfterMs = null) => (succeeded ? close() : open(retryAfterMs));
    },
  };
}
