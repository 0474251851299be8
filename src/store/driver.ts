import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
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
import { SupportError } from '../domain/errors.ts';
import { createTurns } from './turns.ts';
import { isBusy, whyUnusable } from './why-unusable.ts';

/** What stands behind the dialect. */
export interface DialectNeeds {
  readonly db: DatabaseSync;
  /** For how long another program that holds the database is waited for, in milliseconds. */
  readonly patienceMs: number;
  /** Is told whether the database could be used, whenever something was written, or could not be: null, or why not. */
  readonly wrote: (why: string | null) => void;
  readonly closed: () => void;
}

const againMs = 20;

/**
 * One connection to SQLite, shared by all. Who writes waits for a database that another program holds without stopping the
 * thread or those who read. Throws `store-unavailable` where the database cannot be used now.
 */
export function createDialect(needs: DialectNeeds): Dialect {
  return {
    createAdapter: () => new SharingAdapter(),
    createDriver: () => createDriver(needs),
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

function createDriver(needs: DialectNeeds): Driver {
  const { db, closed } = needs;
  const newSession = sessionsOf(needs);
  // Every connection is one of those sessions.
  const session = (connection: DatabaseConnection) => connection as Session;
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(newSession()),
    beginTransaction: (connection) => session(connection).begin(),
    commitTransaction(connection) {
      session(connection).end('commit');
      return Promise.resolve();
    },
    rollbackTransaction(connection) {
      session(connection).end('rollback');
      return Promise.resolve();
    },
    releaseConnection: () => Promise.resolve(),
    destroy() {
      db.close();
      closed();
      return Promise.resolve();
    },
  };
}

/** Makes sessions: each runs single statements, or all of one transaction. */
function sessionsOf({ db, patienceMs, wrote }: DialectNeeds): () => Session {
  const run = createRunner(db);
  /** Whose turn it is uses the connection. */
  const turns = createTurns();
  /** Whose turn it is is the next to write, though it may have to wait. */
  const writers = createTurns();

  function attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toldAs(error, wrote);
    }
  }

  /** Gives the turn back that it took, for the caller to end. */
  async function write<T>(work: () => T): Promise<{ readonly result: T; readonly end: () => void }> {
    const leave = await writers.take();
    const until = performance.now() + patienceMs;
    for (;;) {
      const endTurn = await turns.take();
      try {
        return { result: work(), end: () => [endTurn, leave].forEach((one) => one()) };
      } catch (error) {
        endTurn();
        if (isBusy(error) && performance.now() < until) await sleep(againMs);
        else {
          leave();
          throw toldAs(error, wrote);
        }
      }
    }
  }

  async function read<T>(work: () => T): Promise<T> {
    const endTurn = await turns.take();
    try {
      return attempt(work);
    } finally {
      endTurn();
    }
  }

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
        if (query.query.kind === 'SelectQueryNode') return read(work);
        const { result, end } = await write(work);
        end();
        if (changes(query, result)) wrote(null);
        return result;
      },
      streamQuery() {
        throw new Error('nothing is streamed');
      },
      async begin() {
        // A transaction that read first could not write any more where another program wrote meanwhile.
        endTransaction = (await write(() => db.exec('begin immediate'))).end;
        hasChanged = false;
      },
      end(how) {
        // SQLite itself may have rolled back.
        if (how === 'commit' || db.isTransaction) attempt(() => db.exec(how));
        if (how === 'commit' && hasChanged) wrote(null);
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

/** `store-unavailable` where the database cannot be used; other errors as they are. */
function toldAs(error: unknown, wrote: DialectNeeds['wrote']): unknown {
  const why = whyUnusable(error);
  if (why === null) return error;
  wrote(why);
  return new SupportError('store-unavailable', { cause: error });
}

/** Runs statements, each compiled once. */
function createRunner(db: DatabaseSync): (query: CompiledQuery) => QueryResult<unknown> {
  const statements = new Map<string, StatementSync>();
  return ({ sql, parameters }) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    const values = parameters as SQLInputValue[];
    if (statement.columns().length > 0) return { rows: statement.all(...values) };
    const { changes, lastInsertRowid } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  };
}
