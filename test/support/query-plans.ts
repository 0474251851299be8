import { sql, SqliteQueryCompiler } from 'kysely';
import type { Database } from '../../src/store/schema.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';

/** How SQLite goes about every query that is run over the database it is given, in a transaction or not: one line a step. */
export async function plansOf(db: StoreDatabase, run: (watched: StoreDatabase) => Promise<unknown>): Promise<string[]> {
  const queries = new Set<string>();
  const compiler = new SqliteQueryCompiler();
  const watched = db.withPlugin({
    transformQuery({ node, queryId }) {
      queries.add(compiler.compileQuery(node, queryId).sql.replaceAll('?', '1'));
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  const { owner, isShared } = db;
  const own: Omit<StoreDatabase, keyof Database> = {
    owner,
    isShared,
    whyUnusable: (error) => db.whyUnusable(error),
    look: (steps) => db.look(steps),
    transact: (make) => db.transact(make),
    atomically: (work) => watched.transaction().execute(work),
    scrub: () => db.scrub(),
    changedOutside: () => db.changedOutside(),
  };
  await run(Object.assign(watched, own));
  const plans: string[] = [];
  for (const query of queries) {
    const { rows } = await sql.raw<{ detail: string }>(`explain query plan ${query}`).execute(db);
    plans.push(...rows.map(({ detail }) => detail));
  }
  return plans;
}
