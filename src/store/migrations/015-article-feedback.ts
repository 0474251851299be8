import type { Kysely } from 'kysely';

/** What was said of each article by itself: a complaint has one row of feedback, and several articles may be asked about in it. */
export async function addArticleFeedback({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('article_feedback')
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('complaint', 'integer', (c) => c.notNull())
    .addColumn('article', 'text', (c) => c.notNull())
    .addColumn('version', 'text')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('answered', 'integer', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('article_feedback_key', ['conversation_id', 'complaint', 'article'])
    .execute();
  await schema.createIndex('article_feedback_when').on('article_feedback').column('at').execute();
}
