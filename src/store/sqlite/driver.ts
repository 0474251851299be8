import type { SQLInputValue, StatementSync } from 'node:sqlite';
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { Connection } from './connection.ts';

/** Kysely's way to a connection; `closed` is told when it was closed. */
export function createDialect(connection: Connection, closed: () => void): Dialect {
  return {
    createAdapter: () => new SharingAdapter(),
    createDriver: () => createDriver(connection, closed),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class SharingAdapter extends SqliteAdapter {
  /** Otherwise Kysely has everybody wait for whoever waits. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

interface Session extends DatabaseConnection {
  begin(): Promise<void>;
  end(how: 'commit' | 'rollback'): void;
}

function createDriver(connection: Connection, closed: () => void): Driver {
  const newSession = sessionsOf(connection);
  // Every connection is one of those sessions.
  const session = (one: DatabaseConnection) => one as Session;
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(newSession()),
    beginTransaction: (one) => session(one).begin(),
    commitTransaction(one) {
      session(one).end('commit');
      return Promise.resolve();
    },
    rollbackTransaction(one) {
      session(one).end('rollback');
      return Promise.resolve();
    },
    releaseConnection: () => Promise.resolve(),
    destroy() {
      connection.db.close();
      closed();
      return Promise.resolve();
    },
  };
}

/** Makes sessions: each runs single statements, or all of one transaction. */
function sessionsOf(connection: Connection): () => Session {
  const { db, attempt } = connection;
  const run = createRunner(connection);
  return () => {
    let endTransaction: (() => void) | null = null;
    let hasChanged = false;
    return {
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        const work = () => run(query) as QueryResult<R>;
        if (endTransaction) {
          const result = attempt(work);
          hasChanged ||= changes(query, result);
          return result;
        }
        if (query.query.kind === 'SelectQueryNode') return connection.read(work);
        const { result, end } = await connection.write(work);
        end();
        if (changes(query, result)) connection.wrote();
        return result;
      },
      streamQuery() {
        throw new Error('nothing is streamed');
      },
      async begin() {
        // A transaction that read first could not write any more where another program wrote meanwhile.
        endTransaction = (await connection.write(() => db.exec('begin immediate'))).end;
        hasChanged = false;
      },
      end(how) {
        // SQLite itself may have rolled back.
        if (how === 'commit' || db.isTransaction) attempt(() => db.exec(how));
        if (how === 'commit' && hasChanged) connection.wrote();
        endTransaction?.();
        endTransaction = null;
      },
    };
  };
}

const changing: readonly string[] = ['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode'];

/** Whether anything had to be written: where nothing had, a full disk is no hindrance. */
function changes({ query }: CompiledQuery, { rows, numAffectedRows = 0n }: QueryResult<unknown>): boolean {
  return changing.includes(query.kind) && (rows.length > 0 || numAffectedRows > 0n);
}

/** Runs statements, each compiled once. */
function createRunner({ db }: Connection): (query: CompiledQuery) => QueryResult<unknown> {
  const statements = new Map<string, { readonly statement: StatementSync; readonly hasRows: boolean }>();
  const prepared = (sql: string) => {
    const statement = db.prepare(sql);
    return { statement, hasRows: statement.columns().length > 0 };
  };
  return ({ sql, parameters }) => {
    let known = statements.get(sql);
    if (!known) statements.set(sql, (known = prepared(sql)));
    const { statement, hasRows } = known;
    const values = parameters as SQLInputValue[];
    if (hasRows) return { rows: statement.all(...values) };
    const { changes, lastInsertRowid } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  };
}
