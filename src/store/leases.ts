import type { Clock, Leases } from '../domain/ports.ts';
import type { StoreDatabase } from './store-database.ts';

/** Who may do what only one process does at a time; where no other shares the store, whoever asks. */
export function createLeases(db: StoreDatabase, clock: Clock): Leases {
  const { owner } = db;
  if (!db.isShared) return { hold: () => Promise.resolve(true), release: () => Promise.resolve() };
  return {
    async hold(name, ms) {
      const now = clock.now();
      const until = now + ms;
      const held = await db
        .insertInto('leases')
        .values({ name, owner, until })
        .onConflict((clash) =>
          clash
            .column('name')
            .doUpdateSet({ owner, until })
            .where((row) => row.or([row('leases.owner', '=', owner), row('leases.until', '<=', now)])),
        )
        .returning('name')
        .execute();
      return held.length > 0;
    },
    async release(name) {
      await db.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner).execute();
    },
  };
}
