import type { Accounts, Clock } from '../domain/ports.ts';
import { accountMembers, type Fact, type Snapshot } from '../domain/snapshot.ts';
import type { VerifiedSubject } from '../domain/subject.ts';
import { createExpiringCache } from '../http/expiring-cache.ts';

const keptMs = 5_000;
const mostSubjects = 1_000;

/**
 * Gives what was read of a subject in the last 5 s again, with its own read times, and shares a reading that is under way;
 * `fresh` always reads. A reading in which something failed is not given again.
 */
export function createSnapshotCache(begin: (subject: VerifiedSubject) => Promise<Snapshot>, clock: Clock): Accounts {
  const begun = createExpiringCache<Promise<Snapshot>>({ max: mostSubjects, ttlMs: keptMs, clock });

  return {
    read(subject, { fresh } = { fresh: false }) {
      const key = keyOf(subject);
      const recent = fresh ? undefined : begun.get(key);
      if (recent) return recent;
      const snapshot = begin(subject);
      begun.set(key, snapshot);
      const forget = () => begun.peek(key) === snapshot && begun.delete(key);
      snapshot.then((read) => hasFailed(read) && forget(), forget);
      return snapshot;
    },
  };
}

/** Whatever decides what is read about a subject. */
function keyOf({ accountId, userId, stripeCustomerId, denial }: VerifiedSubject): string {
  return JSON.stringify([accountId, userId, stripeCustomerId ?? null, denial?.object ?? null]);
}

function hasFailed(snapshot: Snapshot): boolean {
  return accountMembers.some((member) => isNotRead(snapshot[member]));
}

/** Whether the source of this fact could not be asked. */
export function isNotRead(fact: Fact<unknown> | undefined): boolean {
  return fact?.known === false && fact.why === 'not-read';
}
