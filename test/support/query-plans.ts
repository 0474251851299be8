import { sql, SqliteQueryCompiler } from 'kysely';
import type { Database } from '../../src/store/schema.ts';

/** How SQLite goes about every query that is run over the database it is given, in a transaction or not: one line a step. */
export async function plansOf(db: Database, run: (watched: Database) => Promise<unknown>): Promise<string[]> {
  const queries = new Set<string>();
  const compiler = new SqliteQueryCompiler();
  const watched = db.withPlugin({
    transformQuery({ node, queryId }) {
      queries.add(compiler.compileQuery(node, queryId).sql.replaceAll('?', '1'));
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  await run(watched);
  const plans: string[] = [];
  for (const query of queries) {
    const { rows } = await sql.raw<{ detail: string }>(`explain query plan ${query}`).execute(db);
    plans.push(...rows.map(({ detail }) => detail));
  }
  return plans;
}
