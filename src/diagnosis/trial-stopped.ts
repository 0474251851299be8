import type { Snapshot, Unknown } from '../domain/snapshot.ts';

/**
 * Whether a subscription that is paused or canceled stopped because its trial ended. That a trial ended says nothing of it: it
 * may have been a year ago. Where an unread fact decides, that fact.
 */
export function trialStopped({ at, stopReason, trialEndsAt }: Snapshot): boolean | Unknown {
  if (!stopReason.known) return stopReason.why === 'not-connected' ? false : stopReason;
  if (stopReason.value !== 'trial') return false;
  if (!trialEndsAt.known) return trialEndsAt.why === 'not-connected' ? false : trialEndsAt;
  return trialEndsAt.value !== null && trialEndsAt.value <= at;
}
