import { sql, type Kysely } from 'kysely';

/** What the pages of articles need: where feedback was given, on which version, and how often a page was opened. */
export async function addPages(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('feedback').addColumn('channel', 'text').execute();
  await schema.alterTable('feedback').addColumn('version', 'text').execute();
  await sql`update feedback set channel =
    (select channel from conversations where conversations.id = feedback.conversation_id)`.execute(db);
  await schema
    .createTable('article_views')
    .addColumn('article', 'text', (c) => c.notNull())
    .addColumn('day', 'integer', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('article_views_key', ['day', 'article'])
    .execute();
}
