import type { CompiledQuery, Kysely, RootOperationNode } from 'kysely';
import { parametersOf, type Statement, type Step, type Steps } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import type { StoreDatabase } from '../store-database.ts';
import { again } from './again.ts';
import { withoutNul } from './parameters.ts';
import type { Connection, Pool } from './pool.ts';
import { isAftermath } from './why-unreachable.ts';

/** A statement as PostgreSQL keeps it, by its name. */
interface Prepared {
  readonly name: string;
  readonly query: CompiledQuery;
  /** False: nothing is to be waited for. */
  readonly hasRows: boolean;
}
type PreparedFor = (statement: Statement) => Prepared;

/** Runs steps on a pool: what gives no rows is sent without waiting for it, and its error ends the transaction. */
export function createStepRunner(pool: Pool, db: Kysely<Schema>): Pick<StoreDatabase, 'look' | 'transact'> {
  const preparedFor = createPreparer(db);

  async function once<T>(make: () => Steps<T>): Promise<T> {
    const connection = await pool.take();
    const running = createRunning(connection, preparedFor);
    try {
      running.send({ text: 'begin' });
      const result = await running.run(make());
      running.send({ text: 'commit' });
      await running.sent();
      pool.release(connection);
      return result;
    } catch (error) {
      await connection.query('rollback').catch(() => undefined);
      pool.release(connection, error);
      throw error;
    }
  }

  return {
    async look(steps) {
      const connection = await pool.take();
      const running = createRunning(connection, preparedFor);
      try {
        const result = await running.run(steps);
        pool.release(connection);
        return result;
      } catch (error) {
        pool.release(connection, error);
        throw pool.toldAs(error);
      }
    },
    async transact(make) {
      try {
        const result = await again(() => once(make));
        pool.wrote();
        return result;
      } catch (error) {
        throw pool.toldAs(error);
      }
    },
  };
}

interface Query {
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
}

/** What runs on one connection; the first error is the one that tells. */
function createRunning(connection: Connection, preparedFor: PreparedFor) {
  const sent: Promise<unknown>[] = [];
  let first: { readonly error: unknown } | null = null;

  async function ask(query: Query): Promise<readonly unknown[]> {
    try {
      return (await connection.query<Record<string, unknown>>(query)).rows;
    } catch (error) {
      if (!isAftermath(error)) first ??= { error };
      throw first ? first.error : error;
    }
  }

  function send(query: Query): void {
    const answer = ask(query);
    // Whoever waits for all is told.
    answer.catch(() => undefined);
    sent.push(answer);
  }

  return {
    send,
    sent: () => Promise.all(sent),
    async run<T>(steps: Steps<T>): Promise<T> {
      let next = steps.next();
      while (!next.done) {
        const { hasRows, ...query } = queryOf(next.value, preparedFor);
        if (hasRows)
          next = await ask(query).then(
            (rows) => steps.next(rows),
            (error: unknown) => steps.throw(error),
          );
        else {
          send(query);
          next = steps.next([]);
        }
      }
      return next.value;
    },
  };
}

function queryOf({ statement, values }: Step, preparedFor: PreparedFor) {
  const { name, query, hasRows } = preparedFor(statement);
  return { name, text: query.sql, values: withoutNul(parametersOf(query, values)), hasRows };
}

function createPreparer(db: Kysely<Schema>): PreparedFor {
  const known = new Map<Statement, Prepared>();
  return (statement) => {
    let prepared = known.get(statement);
    if (!prepared) {
      const query = statement.compiledFor(db);
      prepared = { name: `step ${known.size + 1}`, query, hasRows: givesRows(query.query) };
      known.set(statement, prepared);
    }
    return prepared;
  };
}

function givesRows(node: RootOperationNode): boolean {
  return node.kind === 'SelectQueryNode' || 'returning' in node;
}
