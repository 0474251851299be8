import { sql, type Transaction } from 'kysely';
import type { Instant } from '../domain/instant.ts';
import type { Database, Schema } from './schema.ts';

/** What has a time of its own: the table, its key, and the column of when it is over. */
export const expiring = {
  tokens: ['tokens', 'hash', 'refreshable_until'],
  claims: ['claims', 'id', 'until'],
  linkCodes: ['link_codes', 'hash', 'until'],
  connectedAgents: ['connected_agents', 'channel_user', 'until'],
  agentSessions: ['agent_sessions', 'hash', 'expires_at'],
  leases: ['leases', 'name', 'until'],
  oneTime: ['one_time', 'hash', 'until'],
} as const;

/** Removes at most so many rows that were over before then; how many it removed. */
export async function removeOver(
  db: Database | Transaction<Schema>,
  [table, key, column]: (typeof expiring)[keyof typeof expiring],
  before: Instant,
  most: number,
): Promise<number> {
  const some = sql`select ${sql.ref(key)} from ${sql.table(table)} where ${sql.ref(column)} < ${before} limit ${most}`;
  const { numDeletedRows } = await db
    .deleteFrom(table)
    .where(sql<boolean>`${sql.ref(key)} in (${some})`)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
