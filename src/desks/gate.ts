import type { Clock, Random } from '../domain/ports.ts';
import { pauseBefore } from './pause.ts';

/** How one attempt to deliver ended; `retryAfterMs`: for how long the desk asked to be left alone. */
export type Ending =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly retryAfterMs: number | null };

/** Spares a desk that is down: it says when the desk may be asked, and learns from how attempts ended. */
export interface Gate {
  isOpen(): boolean;
  /** The desk was down when it was last asked: one ticket will tell. */
  isProbing(): boolean;
  note(endings: readonly Ending[]): void;
}

/** Short, so that tickets move soon after the desk is back: this is one request for all of them. */
const longestProbePauseMs = 30_000;

/** A gate that shuts when all of several tickets fail at once, or for as long as the desk asks. */
export function createGate({ clock, random }: { readonly clock: Clock; readonly random: Random }): Gate {
  let shutUntil = 0;
  let failures = 0;
  return {
    isOpen: () => clock.now() >= shutUntil,
    isProbing: () => failures > 0,
    note(endings) {
      const isDown = endings.every(({ kind }) => kind === 'failed') && (endings.length > 1 || failures > 0);
      failures = isDown ? failures + 1 : 0;
      const asked = endings.map((ending) => (ending.kind === 'failed' ? (ending.retryAfterMs ?? 0) : 0));
      const pause = isDown ? pauseBefore(failures, random, longestProbePauseMs) : 0;
      shutUntil = clock.now() + Math.max(pause, ...asked);
    },
  };
}
