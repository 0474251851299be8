import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Log } from '../../src/domain/ports.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';

let made: Promise<Uint8Array> | undefined;

/** A new database in memory, with every table: all migrations take a hundred times as long, and so run once in each process. */
export async function openInMemory(log?: Log): Promise<StoreDatabase> {
  return openSqlite(':memory:', { ...(log && { log }), begins: await (made ??= makeTables()) });
}

async function makeTables(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const file = join(folder, 'tables');
  const db = openSqlite(':memory:');
  try {
    await migrate(db);
    await sql`vacuum into ${file}`.execute(db);
    return readFileSync(file);
  } finally {
    await db.destroy();
    rmSync(folder, { recursive: true });
  }
}
