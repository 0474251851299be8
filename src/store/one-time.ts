import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock, OneTime } from '../domain/ports.ts';
import { doubtMs } from './doubt.ts';
import { expiring, removeOver } from './remove-over.ts';
import type { StoreDatabase } from './store-database.ts';

/** Kept at the most in memory; the oldest go first. */
const most = 10_000;
const few = 20;

/** They are good for days, so that a start must not end them. */
const lasting = ['mail-link'];

/** Stored by their hashes where processes share the store or they last, and otherwise in memory: they end with the process. */
export function createOneTime(db: StoreDatabase, clock: Clock): OneTime {
  const [kept, here] = [stored(db, clock), inMemory(clock)];
  const placeOf = (purpose: string) => (db.isShared || lasting.includes(purpose) ? kept : here);
  return {
    add: (secret, one) => placeOf(one.purpose).add(secret, one),
    take: (secret, purpose) => placeOf(purpose).take(secret, purpose),
    revoke: (purpose, opens) => placeOf(purpose).revoke(purpose, opens),
  };
}

function stored(db: StoreDatabase, clock: Clock): OneTime {
  return {
    async add(secret, { purpose, opens, until }) {
      await removeOver(db, expiring.oneTime, clock.now() - doubtMs, few);
      await db
        .insertInto('one_time')
        .values({ hash: digest(secret), purpose, opens, until })
        .execute();
    },
    async take(secret, purpose) {
      const taken = await db
        .deleteFrom('one_time')
        .where('hash', '=', digest(secret))
        .where('purpose', '=', purpose)
        .where('until', '>', clock.now())
        .returning('opens')
        .executeTakeFirst();
      return taken?.opens ?? null;
    },
    async revoke(purpose, opens) {
      await db.deleteFrom('one_time').where('purpose', '=', purpose).where('opens', '=', opens).execute();
    },
  };
}

interface Kept {
  readonly purpose: string;
  readonly opens: string;
  readonly since: number;
  readonly until: number;
}

function inMemory(clock: Clock): OneTime {
  // With `max` the package makes room for all of them at once, before there is any.
  const kept = new LRUCache<string, Kept>({ maxSize: most, sizeCalculation: () => 1 });
  return {
    add(secret, one) {
      kept.set(digest(secret), { ...one, since: clock.now() });
      return Promise.resolve();
    },
    take(secret, purpose) {
      const key = digest(secret);
      const one = kept.get(key);
      if (one?.purpose !== purpose) return Promise.resolve(null);
      kept.delete(key);
      const now = clock.now();
      // Where the clock was set back, nobody knows how old it is.
      return Promise.resolve(one.since <= now && now < one.until ? one.opens : null);
    },
    revoke(purpose, opens) {
      for (const [key, one] of kept) if (one.purpose === purpose && one.opens === opens) kept.delete(key);
      return Promise.resolve();
    },
  };
}

function digest(secret: string): string {
  return hash('sha256', secret, 'base64url');
}
