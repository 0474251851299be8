import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely';
import { SupportError } from '../domain/errors.ts';
import type { Database, Schema } from './schema.ts';
import { whyUnusable } from './why-unusable.ts';

/**
 * Opens (or makes) `latchkey.db` in `folder`; `:memory:` keeps it in memory. Only this process may own the file. Throws
 * `config-invalid` where it cannot be opened.
 */
export function openSqlite(folder: string): Database {
  try {
    return open(folder);
  } catch (cause) {
    const why = whyUnusable(cause) ?? String(cause);
    throw new SupportError('config-invalid', { cause, detail: `DATA_DIR (${folder}) cannot be used: ${why}` });
  }
}

function open(folder: string): Database {
  const memory = folder === ':memory:';
  if (!memory) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = memory ? folder : join(folder, 'latchkey.db');
  const db = new DatabaseSync(file);
  if (!memory) chmodSync(file, 0o600);
  // FULL: a commit survives power loss, not only a killed process (sqlite.org/pragma.html#pragma_synchronous).
  // The cache in KiB, negative as SQLite wants it: enough for the console's lists among a million tickets.
  db.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma cache_size = -16384',
  );
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: adapt(db) }) });
}

function adapt(db: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, StatementSync>();
  return {
    prepare(sql) {
      let statement = statements.get(sql);
      if (!statement) {
        statement = db.prepare(sql);
        statements.set(sql, statement);
      }
      const prepared = statement;
      return {
        reader: prepared.columns().length > 0,
        all: (parameters) => prepared.all(...(parameters as SQLInputValue[])),
        run: (parameters) => prepared.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => prepared.iterate(...(parameters as SQLInputValue[])) as IterableIterator<unknown>,
      };
    },
    close: () => db.close(),
  };
}
