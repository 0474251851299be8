import { sql } from 'kysely';
import type { Database } from '../../src/store/schema.ts';

/** How SQLite goes about every query that is run over the database it is given: one line a step. */
export async function plansOf(db: Database, run: (watched: Database) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = [];
  const watched = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => Promise.resolve(result),
  });
  const executor = watched.getExecutor();
  const read = executor.executeQuery.bind(executor);
  executor.executeQuery = async (query) => {
    const { rows } = await sql
      .raw<{ detail: string }>(`explain query plan ${query.sql.replaceAll('?', '1')}`)
      .execute(db);
    plans.push(...rows.map(({ detail }) => detail));
    return read(query);
  };
  await run(watched);
  return plans;
}
