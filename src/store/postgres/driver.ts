import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type DataTypeNode,
  type Dialect,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import { withoutNul } from './parameters.ts';
import type { Connection, Pool } from './pool.ts';

/** Kysely's way to a pool. */
export function createDialect(pool: Pool): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(pool),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new BytewiseCompiler(),
  };
}

/** Texts are compared by their bytes, as in SQLite, whatever the database's own order is. */
class BytewiseCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    super.visitDataType(node);
    if (node.dataType === 'text') this.append(' collate "C"');
  }
}

interface Session extends DatabaseConnection {
  begin(settings: TransactionSettings): Promise<void>;
  end(how: 'commit' | 'rollback'): Promise<void>;
  release(): void;
}

function createDriver(pool: Pool): Driver {
  // Every connection is one of those sessions.
  const session = (one: DatabaseConnection) => one as Session;
  return {
    init: () => Promise.resolve(),
    acquireConnection: async () => newSession(pool, await pool.take()),
    beginTransaction: (one, settings) => session(one).begin(settings),
    commitTransaction: (one) => session(one).end('commit'),
    rollbackTransaction: (one) => session(one).end('rollback'),
    releaseConnection(one) {
      session(one).release();
      return Promise.resolve();
    },
    destroy: () => pool.end(),
  };
}

function newSession(pool: Pool, connection: Connection): Session {
  let failure: unknown;

  async function run(text: string, values?: unknown[]) {
    try {
      return await connection.query(text, values);
    } catch (error) {
      failure = error;
      throw pool.toldAs(error);
    }
  }

  return {
    async executeQuery<R>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, rowCount } = await run(sql, withoutNul(parameters));
      if (query.kind === 'SelectQueryNode') return { rows: rows as R[] };
      if ((rowCount ?? 0) > 0) pool.wrote();
      return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) };
    },
    streamQuery() {
      throw new Error('nothing is streamed');
    },
    async begin({ isolationLevel }) {
      await run(`begin${isolationLevel ? ` isolation level ${isolationLevel}` : ''}`);
    },
    async end(how) {
      // A connection that is gone has rolled back.
      if (how === 'commit') await run(how);
      else await run(how).catch(() => undefined);
    },
    release: () => pool.release(connection, failure),
  };
}
