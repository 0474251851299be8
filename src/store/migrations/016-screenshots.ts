import type { Kysely } from 'kysely';

/** Pictures apart from what was said, so that no turn reads them. */
export async function addScreenshots({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('screenshots')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    // SQLite keeps bytes as such in a column of whatever type.
    .addColumn('bytes', 'bytea', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('screenshots_of_conversation').on('screenshots').column('conversation_id').execute();
  await schema.createIndex('screenshots_when').on('screenshots').columns(['at', 'id']).execute();
}
