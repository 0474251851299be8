import type { Clock } from '../domain/ports.ts';
import type { Database } from './schema.ts';

/** Longer than anything is made to wait. */
const longestMs = 360_000;

/** Brings forward what would wait for longer than anything does: at first, and whenever the clock was set back since. */
export function waitCapper(db: Database, clock: Clock): () => Promise<void> {
  let last = Infinity;
  return async () => {
    const now = clock.now();
    if (now < last) await bringForward(db, now);
    last = now;
  };
}

async function bringForward(db: Database, now: number): Promise<void> {
  const latest = now + longestMs;
  await db
    .updateTable('outbox')
    .set({ next_at: now })
    .where('delivered_at', 'is', null)
    .where('next_at', '>', latest)
    .execute();
  await db
    .updateTable('outbox')
    .set({ leased_until: 0 })
    .where('delivered_at', 'is', null)
    .where('leased_until', '>', latest)
    .execute();
  await db.updateTable('addresses').set({ due_at: now }).where('due_at', '>', latest).execute();
}
