import { upToMinute, type Instant } from './instant.ts';
import type { Snapshot } from './snapshot.ts';

/** How long a change of plan or role takes where the company does not tell, in milliseconds. */
export const propagationMs = 15 * 60_000;

/** How long it takes at the most, in milliseconds. */
export const longestPropagationMs = 24 * 60 * 60_000;

/** How long it takes in this account, in milliseconds. */
export function propagationOf({ propagation }: Pick<Snapshot, 'propagation'>): number {
  return propagation.known ? propagation.value : propagationMs;
}

/** When such a change is everywhere. */
export function arrivesAt(changedAt: Instant, takesMs: number): Instant {
  return upToMinute(changedAt + takesMs);
}
