import { hash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { refusal } from './migrate.ts';
import { asText, otherTables, personalTables } from './personal-tables.ts';
import { withoutNul } from './postgres/parameters.ts';
import type { Database, Schema } from './schema.ts';

type Table = keyof Schema;
type Row = Readonly<Record<string, unknown>>;

/** Some rows of a table, and the place behind them, from which it can be gone on. */
interface Page {
  readonly rows: readonly Row[];
  readonly place: number;
}

/** A database as it was at one moment: all rows of a table that stand behind a place. */
export type Rows = (table: Table, after?: number) => AsyncIterable<Page>;

/** How far a walk over all rows is. */
export interface Walked {
  readonly what: 'copying' | 'comparing';
  readonly done: number;
  readonly total: number;
}
export type TellWalked = (walked: Walked) => void;

/** Every table, in the order in which they are copied. */
export const tables = Object.keys({ ...personalTables, ...otherTables }) as readonly Table[];

/** Rows of one page; of pictures few, for each has megabytes. */
const pageRows = (table: Table) => (table === 'screenshots' ? 4 : 250);

/** The rows of an SQLite that nobody writes to; a place is a `rowid`, which every table has. */
export function rowsOfSqlite(db: Database): Rows {
  return async function* (table, after = 0) {
    for (let place = after; ;) {
      const { rows } = await sql<
        Record<string, unknown> & { place_?: number }
      >`select rowid as place_, * from ${sql.table(table)}
        where rowid > ${place} order by rowid limit ${pageRows(table)}`.execute(db);
      const last = rows.at(-1)?.place_;
      if (last === undefined) return;
      place = last;
      for (const row of rows) delete row.place_;
      yield { rows, place };
    }
  };
}

/** The rows that a transaction of PostgreSQL sees, always from the first. */
export function rowsOfPostgres(tx: Transaction<Schema>): Rows {
  return async function* (table) {
    await sql`declare all_rows cursor for select * from ${sql.table(table)}`.execute(tx);
    for (;;) {
      const { rows } = await sql<Row>`fetch ${sql.lit(pageRows(table))} from all_rows`.execute(tx);
      if (rows.length === 0) break;
      yield { rows, place: 0 };
    }
    await sql`close all_rows`.execute(tx);
  };
}

/** How many rows there are in each table. */
export async function countRows(db: Database): Promise<ReadonlyMap<Table, number>> {
  const counts = new Map<Table, number>();
  for (const table of tables) {
    const { count } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    counts.set(table, count);
  }
  return counts;
}

/** Stores rows in a table of another database. */
export async function addRows(db: Database, table: Table, rows: readonly Row[]): Promise<void> {
  try {
    await db.insertInto(table).values(rows).execute();
  } catch (error) {
    const { code } = Object(error) as { readonly code?: unknown };
    // Data, constraints, limits (postgresql.org/docs/18/errcodes-appendix.html); what it says may be a customer's words.
    if (typeof code !== 'string' || !['22', '23', '54'].includes(code.slice(0, 2))) throw error;
    throw refusal(`a row of ${table} cannot be stored there (${code})`);
  }
}

/** Copies all rows into a database in which there are none. */
export async function copyRows(from: Rows, to: Database, total: number, tell: TellWalked): Promise<void> {
  let done = 0;
  for (const table of tables)
    for await (const { rows } of from(table)) {
      await addRows(to, table, rows);
      tell({ what: 'copying', done: (done += rows.length), total });
    }
}

/** Reads both sides to the last row. Throws `config-invalid` where they differ in anything. */
export async function compareRows(one: Rows, other: Rows, total: number, tell: TellWalked): Promise<void> {
  let done = 0;
  const walked = (rows: number) => tell({ what: 'comparing', done: (done += rows), total: 2 * total });
  for (const table of tables) {
    const sums = [await sumOf(one(table), walked), await sumOf(other(table), walked)];
    if (sums[0] !== sums[1])
      throw refusal(`the copy of ${table} is not what it was copied from: begin again with an empty database`);
  }
}

const modulus = 1n << 256n;

/** The number of the rows and the sum of their hashes, which is the same in whatever order they stand. */
async function sumOf(pages: AsyncIterable<Page>, walked: (rows: number) => void): Promise<string> {
  let [count, sum] = [0, 0n];
  for await (const { rows } of pages) {
    for (const row of rows) sum = (sum + BigInt(`0x${hash('sha256', textOf(row))}`)) % modulus;
    count += rows.length;
    walked(rows.length);
  }
  return `${count} ${sum}`;
}

/** As either side stores it. */
function textOf(row: Row): string {
  const columns = Object.keys(row).sort();
  return JSON.stringify(withoutNul(columns.map((column) => asText(row[column]))));
}
