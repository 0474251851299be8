import { sql, type Kysely } from 'kysely';

/** The tokens of a conversation end for good, together, and are found by it. */
export async function endTokens(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('tokens')
    .addColumn('ends_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  // Conversations that go on now are not cut off by the update.
  await sql`update tokens set ends_at = refreshable_until + 518400000`.execute(db);
  await schema.createIndex('tokens_of_conversation').on('tokens').column('conversation_id').execute();
}
