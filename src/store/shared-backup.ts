import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { sql, type Transaction } from 'kysely';
import { backUp, restore, type Progress } from './sqlite/backup.ts';
import { demandThisVersion, migrate, migrationsIn, refusal } from './migrate.ts';
import { moveMark, sumOf } from './move.ts';
import type { PostgresSettings } from './postgres/pool.ts';
import { compareRows, copyRows, countRows, rowsOfPostgres, rowsOfSqlite, tables, type TellWalked } from './rows.ts';
import type { Schema } from './schema.ts';
import { atLength, demandAlone, withPostgres } from './shared-target.ts';
import { openSqlite } from './sqlite/index.ts';
import { whyUnusable } from './sqlite/why-unusable.ts';

/** Is told how far it is, in lines and in rows. */
export interface Telling {
  readonly tell: Progress;
  readonly walked: TellWalked;
}

/**
 * Copies a PostgreSQL as it is at this moment, while processes run on it, into a new file as `backUp` makes it. Throws
 * `config-invalid` where it cannot, and then leaves no file.
 */
export async function backUpShared(settings: PostgresSettings, file: string, telling: Telling): Promise<void> {
  const { tell, walked } = telling;
  if (existsSync(file)) throw refusal(`${file} is there already`);
  await besides(file, (folder) =>
    withPostgres(settings, async (db) => {
      await demandThisVersion(db);
      const copy = openSqlite(folder);
      try {
        await migrate(copy);
        await atLength(db, async (tx) => {
          await sql`set transaction read only`.execute(tx);
          const total = sumOf(await countRows(tx));
          await copyRows(rowsOfPostgres(tx), copy, total, walked);
          await compareRows(rowsOfPostgres(tx), rowsOfSqlite(copy), total, walked);
        });
      } finally {
        await copy.destroy();
      }
      backUp(folder, file, tell);
    }),
  );
}

/**
 * Puts a backup into a PostgreSQL in which nothing is, whole or not at all; what is in it is removed where it is to be
 * `replaced`. Throws `config-invalid` where it cannot, and where a process is connected to it.
 */
export async function restoreShared(
  settings: PostgresSettings,
  file: string,
  { replaced, tell, walked }: Telling & { readonly replaced: boolean },
): Promise<void> {
  await besides(file, async (folder) => {
    restore(folder, file, { replaced: false, tell: () => undefined });
    const copy = openSqlite(folder);
    try {
      await migrate(copy);
      const total = sumOf(await countRows(copy));
      await withPostgres(settings, async (db) => {
        await demandAlone(db);
        if (!(await migrationsIn(db)).includes(moveMark)) await migrate(db);
        else if (!replaced)
          throw refusal('a move to that database was not brought to its end: add --force to replace it');
        await atLength(db, async (tx) => {
          await empty(tx, replaced);
          await copyRows(rowsOfSqlite(copy), tx, total, walked);
          await compareRows(rowsOfSqlite(copy), rowsOfPostgres(tx), total, walked);
        });
      });
    } finally {
      await copy.destroy();
    }
  });
  tell('restored to DATABASE_URL: start Latchkey');
}

/** Nobody else writes there until the transaction ends. */
async function empty(tx: Transaction<Schema>, replaced: boolean): Promise<void> {
  const all = sql.join(tables.map((table) => sql.table(table)));
  await sql`lock table ${all} in exclusive mode`.execute(tx);
  const isEmpty = sumOf(await countRows(tx)) === 0;
  if (!isEmpty && !replaced) throw refusal('that database has something in it already: add --force to replace it');
  if (!isEmpty) await sql`truncate ${all}`.execute(tx);
  await sql`drop table if exists move_under_way`.execute(tx);
  await sql`delete from kysely_migration where name = ${moveMark}`.execute(tx);
}

/** With a folder beside a file, which is gone afterwards: on that disk there is room for the file. */
async function besides(file: string, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = `${file}.part`;
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    await work(folder);
  } catch (error) {
    const why = whyUnusable(error);
    throw why === null ? error : refusal(`${file} cannot be used: ${why}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
