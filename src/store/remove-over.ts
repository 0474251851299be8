import { sql, type Transaction } from 'kysely';
import type { Instant } from '../domain/instant.ts';
import type { Database, Schema } from './schema.ts';

/** What has a time of its own: the table, and the column of when it is over. */
export const expiring = [
  ['tokens', 'refreshable_until'],
  ['claims', 'until'],
  ['link_codes', 'until'],
  ['connected_agents', 'until'],
  ['agent_sessions', 'expires_at'],
] as const;

/** Removes at most so many rows that were over before then; how many it removed. */
export async function removeOver(
  db: Database | Transaction<Schema>,
  [table, column]: (typeof expiring)[number],
  before: Instant,
  most: number,
): Promise<number> {
  const some = sql`select rowid from ${sql.table(table)} where ${sql.ref(column)} < ${before} limit ${most}`;
  const { numDeletedRows } = await db
    .deleteFrom(table)
    .where(sql<boolean>`rowid in (${some})`)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
