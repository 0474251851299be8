import pg from 'pg';
import { SupportError } from '../../domain/errors.ts';
import type { Log } from '../../domain/ports.ts';
import { tellChanges } from '../tell-changes.ts';
import { isOfOneStatement, whyUnreachable } from './why-unreachable.ts';

/** How PostgreSQL is reached. */
export interface PostgresSettings {
  /** As `postgres://user:password@host:5432/name?sslmode=verify-full`. */
  readonly url: string;
  /** Connections at the most. */
  readonly connections: number;
}

/** One connection, of which nobody else has the use. */
export type Connection = pg.PoolClient;

/** Connections that are used again and again. */
export interface Pool {
  /** Throws `store-unavailable`. */
  take(): Promise<Connection>;
  /** Takes it back. `error`: what was thrown while it was used; a connection that may not be good any more ends. */
  release(connection: Connection, error?: unknown): void;
  /** `store-unavailable` where PostgreSQL cannot be used, which is told unless others may use it; other errors as they are. */
  toldAs(error: unknown): unknown;
  /** Something was written, which is told. */
  wrote(): void;
  end(): Promise<void>;
}

/** Milliseconds. A statement takes a few; whoever waits longer is better told so. */
const times = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 10_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 20_000,
  // Where the server is gone without a word.
  query_timeout: 15_000,
};

/** What `pg` is to connect with. */
export function clientSettings({ url }: PostgresSettings) {
  return { connectionString: url, application_name: 'latchkey', keepAlive: true, ...times, types };
}

/** Counts and instants are below 2^53. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** A statement is sent before the one before it is answered. */
const pipelined: pg.PoolConfig & { readonly pipeline: true } = { pipeline: true };

/** None is open at first. */
export function createPool(settings: PostgresSettings, log?: Pick<Log, 'info' | 'error'>): Pool {
  const pool = new pg.Pool({ ...clientSettings(settings), max: settings.connections, ...pipelined });
  const tell = tellChanges(log);
  // Whoever uses the connection, or the next one, is told.
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => void connection.on('error', () => undefined));

  function toldAs(error: unknown): unknown {
    const why = whyUnreachable(error);
    if (why === null) return error;
    if (!isOfOneStatement(error)) tell(why);
    return new SupportError('store-unavailable', { cause: error });
  }

  return {
    async take() {
      try {
        return await pool.connect();
      } catch (error) {
        throw toldAs(error);
      }
    },
    release(connection, error) {
      connection.release(error !== undefined && whyUnreachable(error) !== null);
    },
    toldAs,
    wrote: () => tell(null),
    end: () => pool.end(),
  };
}
