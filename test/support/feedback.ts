import { sql } from 'kysely';
import type { Database } from '../../src/store/schema.ts';

/** All that was said of answers, of complaints and of articles: the oldest first, and what came at once by its article. */
export async function feedbackIn(db: Database) {
  const columns = ['conversation_id', 'complaint', 'answered', 'reason', 'article', 'channel', 'at'] as const;
  const rows = await db
    .selectFrom('feedback')
    .select([...columns, 'cause'])
    .unionAll(db.selectFrom('article_feedback').select([...columns, sql<string | null>`null`.as('cause')]))
    .orderBy('at')
    .orderBy('article')
    .execute();
  return rows.map((row) => ({ ...row }));
}
