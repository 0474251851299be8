import pg from 'pg';
import { SupportError } from '../../domain/errors.ts';
import type { Log } from '../../domain/ports.ts';
import { tellChanges } from '../tell-changes.ts';
import { isLost, isOfOneStatement, whyNoMore, whyUnreachable } from './why-unreachable.ts';

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
  /** `store-unavailable` where PostgreSQL cannot be used, which is told: as an alarm unless others may use it; other errors as they are. */
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

const lost =
  'a connection was lost, and whoever used it is asked to try again: see PostgreSQL’s log, and what is between';
const againMs = 60_000;

/** Each in one line, and not again for a minute. */
function warnSeldom(log: Pick<Log, 'warn'> | undefined): (what: string, error: unknown) => void {
  const last = new Map<string, number>();
  return (what, error) => {
    const now = performance.now();
    if (now - (last.get(what) ?? -Infinity) < againMs) return;
    last.set(what, now);
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
    log?.warn({ code: code ?? message }, what);
  };
}

/** A statement is sent before the one before it is answered. */
const pipelined: pg.PoolConfig & { readonly pipeline: true } = { pipeline: true };

/** None is open at first. */
export function createPool(settings: PostgresSettings, log?: Pick<Log, 'info' | 'warn' | 'error'>): Pool {
  const pool = new pg.Pool({ ...clientSettings(settings), max: settings.connections, ...pipelined });
  const tell = tellChanges(log);
  const warn = warnSeldom(log);
  // Whoever uses the connection, or the next one, is told.
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => void connection.on('error', () => undefined));

  /** `strain`: what it tells of one connection, though others may well store. */
  function told(error: unknown, strain: string | null): unknown {
    const why = error instanceof SupportError ? null : whyUnreachable(error);
    if (why === null) return error;
    if (strain !== null) warn(strain, error);
    else if (!isOfOneStatement(error)) tell(why);
    return new SupportError('store-unavailable', { cause: error });
  }

  return {
    async take() {
      try {
        return await pool.connect();
      } catch (error) {
        throw told(error, pool.totalCount > 0 ? whyNoMore(error) : null);
      }
    },
    release(connection, error) {
      connection.release(error !== undefined && whyUnreachable(error) !== null);
    },
    toldAs: (error) => told(error, isLost(error) ? lost : null),
    wrote: () => tell(null),
    end: () => pool.end(),
  };
}
