import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { demandThisVersion, migrate, migrationsIn, refusal } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import type { PostgresSettings } from './postgres/pool.ts';
import {
  addRows,
  compareRows,
  countRows,
  rowsOfPostgres,
  rowsOfSqlite,
  tables,
  type Rows,
  type TellWalked,
} from './rows.ts';
import type { Database, Schema } from './schema.ts';
import { atLength, demandAlone, withPostgres } from './shared-target.ts';
import { databaseIn, openSqlite } from './sqlite/index.ts';
import type { StoreDatabase } from './store-database.ts';

/**
 * Stands among the migrations while a move is not done: no version knows it, so none starts on the half of what there is.
 */
export const moveMark = 'not-all-is-moved-yet';

/**
 * Moves what is in a data folder, which no process may have, to a PostgreSQL in which nothing is; one that was ended in the
 * middle goes on. The folder stays as it is. Resolves to the number of rows. Throws `config-invalid` where it cannot.
 */
export async function moveToPostgres(folder: string, settings: PostgresSettings, tell: TellWalked): Promise<number> {
  if (!existsSync(databaseIn(folder))) throw refusal(`there is no database in ${folder}`);
  const source = openSqlite(folder, { readOnly: true });
  try {
    await demandThisVersion(source);
    const total = sumOf(await countRows(source));
    await withPostgres(settings, async (target) => {
      await demandAlone(target);
      await begin(target);
      await copyRest(rowsOfSqlite(source), target, total, tell);
      await atLength(target, async (tx) => {
        await compareRows(rowsOfSqlite(source), rowsOfPostgres(tx), total, tell);
        await sql`drop table move_under_way`.execute(tx);
        await sql`delete from kysely_migration where name = ${moveMark}`.execute(tx);
      });
    });
    return total;
  } finally {
    await source.destroy();
  }
}

/** Makes the tables, and the one that tells how far it is; or finds that one, and nothing that was not moved. */
async function begin(target: StoreDatabase): Promise<void> {
  const there = await migrationsIn(target);
  if (there.includes(moveMark)) {
    if (there.filter((name) => name !== moveMark).join() !== Object.keys(migrations).join())
      throw refusal('another version began this move: go on with that one, or take an empty database');
  } else await migrate(target);
  const moved = there.includes(moveMark) ? await progressIn(target) : new Map<string, Progress>();
  for (const [table, count] of await countRows(target))
    if (count !== (moved.get(table)?.done ?? 0))
      throw refusal(`there is something in ${table} of that database that was not moved there: take an empty one`);
  if (there.includes(moveMark)) return;
  await target.transaction().execute(async (tx) => {
    await sql`create table move_under_way (name text primary key, place bigint not null, done bigint not null)`.execute(
      tx,
    );
    await sql`insert into kysely_migration (name, timestamp) values (${moveMark}, '')`.execute(tx);
  });
}

interface Progress {
  readonly name: string;
  /** Behind the last row that was moved. */
  readonly place: number;
  readonly done: number;
}

async function progressIn(target: Database): Promise<ReadonlyMap<string, Progress>> {
  const { rows } = await sql<Progress>`select name, place, done from move_under_way`.execute(target);
  return new Map(rows.map((row) => [row.name, row]));
}

/** Each page in one transaction with how far it is then. */
async function copyRest(from: Rows, target: StoreDatabase, total: number, tell: TellWalked): Promise<void> {
  const moved = await progressIn(target);
  let done = [...moved.values()].reduce((sum, one) => sum + one.done, 0);
  for (const table of tables)
    for await (const { rows, place } of from(table, moved.get(table)?.place)) {
      await target.transaction().execute(async (tx) => {
        await addRows(tx, table, rows);
        await sql`insert into move_under_way as known (name, place, done) values (${table}, ${place}, ${rows.length})
          on conflict (name) do update set place = excluded.place, done = known.done + excluded.done`.execute(tx);
      });
      tell({ what: 'copying', done: (done += rows.length), total });
    }
}

/** How many there are in all. */
export function sumOf(counts: ReadonlyMap<keyof Schema, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
