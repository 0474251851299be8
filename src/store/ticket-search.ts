import { sql } from 'kysely';
import { searchTerms } from './search-terms.ts';
import type { StoreDatabase } from './store-database.ts';

/** The numbers of one page of tickets that have a word for each of these, or one that begins so; the newest first. */
export async function foundBy(
  db: StoreDatabase,
  what: string,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<string[]> {
  const terms = searchTerms(what);
  if (terms.length === 0) return [];
  const query = db.isShared ? inPostgres(db, terms, after) : inSqlite(db, terms, after);
  return (await query.limit(limit).execute()).map(({ number }) => number);
}

/** By `rowid`, which grows with every ticket: the index of words has that order itself. */
function inSqlite(db: StoreDatabase, terms: readonly string[], after: string | undefined) {
  const match = terms.map((term) => `"${term}"*`).join(' ');
  const query = db
    .selectFrom(sql<{ rowid: number }>`ticket_index`.as('found'))
    .innerJoin('tickets', (join) => join.on(sql<boolean>`tickets.rowid = found.rowid`))
    .select('tickets.number')
    .where(sql<boolean>`found.ticket_index match ${match}`)
    .orderBy('found.rowid', 'desc');
  if (after === undefined) return query;
  return query.where(sql<boolean>`found.rowid < (select rowid from tickets where number = ${after})`);
}

function inPostgres(db: StoreDatabase, terms: readonly string[], after: string | undefined) {
  const match = terms.map((term) => `'${term}':*`).join(' & ');
  const query = db
    .selectFrom('tickets')
    .select('tickets.number')
    // As the index has it, or that is not used.
    .where(sql<boolean>`array_to_tsvector(array_remove(string_to_array(terms, ' '), '')) @@ ${match}::tsquery`)
    .orderBy('opened_at', 'desc')
    .orderBy('tickets.number', 'desc');
  if (after === undefined) return query;
  return query.where(
    sql<boolean>`(opened_at, number) < (select t.opened_at, t.number from tickets as t where t.number = ${after})`,
  );
}
