import type { ArticleViews } from '../domain/ports.ts';
import type { Database } from './schema.ts';

/** Counts views of articles by their day. */
export function createArticleViews(db: Database): ArticleViews {
  return {
    async add(day, counts) {
      const rows = [...counts].map(([article, count]) => ({ article, day, count }));
      if (rows.length === 0) return;
      await db
        .insertInto('article_views')
        .values(rows)
        .onConflict((clash) =>
          clash.columns(['day', 'article']).doUpdateSet((row) => ({
            count: row('article_views.count', '+', row.ref('excluded.count')),
          })),
        )
        .execute();
    },
  };
}
