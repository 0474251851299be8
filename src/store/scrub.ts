import { sql } from 'kysely';
import type { Database } from './schema.ts';

/**
 * Moves all that was written ahead into the database's file, where what was removed is overwritten, and empties the log
 * that had it; false: somebody reads, and it has to be tried again.
 */
export async function isScrubbed(db: Database): Promise<boolean> {
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
  return rows[0]?.busy !== 1;
}
