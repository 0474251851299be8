import { sql } from 'kysely';
import type { Instant } from '../domain/instant.ts';
import type { StoreDatabase } from './store-database.ts';

/** What has a time of its own: the table, its key, and the column of when it is over. */
export const expiring = {
  tokens: ['tokens', 'hash', 'refreshable_until'],
  claims: ['claims', 'id', 'until'],
  linkCodes: ['link_codes', 'hash', 'until'],
  connectedAgents: ['connected_agents', 'channel_user', 'until'],
  agentSessions: ['agent_sessions', 'hash', 'expires_at'],
  leases: ['leases', 'name', 'until'],
  oneTime: ['one_time', 'hash', 'until'],
  limits: ['limits', 'key', 'expire'],
} as const;

/**
 * Removes at most so many rows that were over before then; how many it removed. In no transaction of anything else, which
 * would run anew whenever another process removes the same.
 */
export async function removeOver(
  db: StoreDatabase,
  [table, key, column]: (typeof expiring)[keyof typeof expiring],
  before: Instant,
  most: number,
): Promise<number> {
  // Those that another process removes now are left to it: waiting for each other both could wait for ever.
  const free = db.isShared ? sql`for update skip locked` : sql``;
  const some = sql`select ${sql.ref(key)} from ${sql.table(table)} where ${sql.ref(column)} < ${before} limit ${most} ${free}`;
  const { numDeletedRows } = await db
    .deleteFrom(table)
    .where(sql<boolean>`${sql.ref(key)} in (${some})`)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
