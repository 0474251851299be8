import type { Instant } from '../domain/instant.ts';
import type { Accounts, Clock } from '../domain/ports.ts';
import { accountMembers, type Fact, type Snapshot } from '../domain/snapshot.ts';
import type { VerifiedSubject } from '../domain/subject.ts';

interface CachedSnapshot {
  readonly at: Instant;
  readonly snapshot: Promise<Snapshot>;
}

const keptMs = 5_000;
const mostSubjects = 1_000;

/**
 * Gives what was read of a subject in the last 5 s again, with its own read times, and shares a reading that is under way;
 * `fresh` always reads. A reading in which something failed is not given again.
 */
export function createSnapshotCache(begin: (subject: VerifiedSubject) => Promise<Snapshot>, clock: Clock): Accounts {
  // In the order in which they began: the oldest first.
  const begun = new Map<string, CachedSnapshot>();

  return {
    read(subject, { fresh } = { fresh: false }) {
      forgetOld();
      const key = keyOf(subject);
      const recent = fresh ? undefined : begun.get(key);
      if (recent) return recent.snapshot;
      const snapshot = begin(subject);
      keep(key, { at: clock.now(), snapshot });
      return snapshot;
    },
  };

  function keep(key: string, one: CachedSnapshot): void {
    begun.delete(key);
    begun.set(key, one);
    const [oldest] = begun.keys();
    if (begun.size > mostSubjects && oldest !== undefined) begun.delete(oldest);
    const forget = () => begun.get(key) === one && begun.delete(key);
    one.snapshot.then((snapshot) => hasFailed(snapshot) && forget(), forget);
  }

  function forgetOld(): void {
    const now = clock.now();
    for (const [key, { at }] of begun) {
      // Of the future is what was read before the clock was set back.
      if (at <= now && now - at <= keptMs) return;
      begun.delete(key);
    }
  }
}

/** Whatever decides what is read about a subject. */
function keyOf({ accountId, userId, stripeCustomerId }: VerifiedSubject): string {
  return JSON.stringify([accountId, userId, stripeCustomerId ?? null]);
}

function hasFailed(snapshot: Snapshot): boolean {
  return accountMembers.some((member) => isNotRead(snapshot[member]));
}

/** Whether the source of this fact could not be asked. */
export function isNotRead(fact: Fact<unknown> | undefined): boolean {
  return fact?.known === false && fact.why === 'not-read';
}
