import type { Compilable, CompiledQuery, DialectAdapter, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** A statement whose SQL is built once for each database: building it costs more than running it. */
export interface Statement {
  /** For the database that `db` is on, or one of its transactions; among its parameters stand placeholders. */
  compiledFor(db: Kysely<Schema>): CompiledQuery;
}

/** A statement with its values, on its way to whoever runs it. */
export interface Step {
  readonly statement: Statement;
  readonly values: object;
}

/**
 * Work on the database, one statement after the other: each is handed out, and its rows come back in, or its error. Whoever
 * runs it decides whether that takes one go (`runNow`) or waits for each (`runOn`).
 */
export type Steps<T> = Generator<Step, T, readonly unknown[]>;

class Placeholder {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

type ValueOf<P> = <K extends keyof P>(name: K) => P[K];

/** `build` gets the database and a stand-in for each value of `P`; the stand-ins are replaced at every run. */
export function prepare<P extends object>() {
  return <R>(build: (db: Kysely<Schema>, value: ValueOf<P>) => Compilable<R>): ((values: P) => Steps<R[]>) => {
    const standIn: ValueOf<P> = (name) => new Placeholder(name) as never;
    const compiled = new WeakMap<DialectAdapter, CompiledQuery>();
    const statement: Statement = {
      compiledFor(db) {
        const { adapter } = db.getExecutor();
        let query = compiled.get(adapter);
        if (!query) compiled.set(adapter, (query = build(db, standIn).compile()));
        return query;
      },
    };
    return function* (values) {
      return (yield { statement, values }) as R[];
    };
  };
}

/** The values of a step in the order of its parameters. */
export function parametersOf({ parameters }: CompiledQuery, values: object): unknown[] {
  return parameters.map((one) =>
    one instanceof Placeholder ? (values as Record<PropertyKey, unknown>)[one.name] : one,
  );
}

/** Runs steps on a database or in a transaction of it, waiting for each. */
export async function runOn<T>(on: Kysely<Schema>, steps: Steps<T>): Promise<T> {
  let next = steps.next();
  while (!next.done) {
    const { statement, values } = next.value;
    const query = statement.compiledFor(on);
    next = await on.executeQuery({ ...query, parameters: parametersOf(query, values) }).then(
      ({ rows }) => steps.next(rows),
      (error: unknown) => steps.throw(error),
    );
  }
  return next.value;
}

/** Runs steps in one go. */
export function runNow<T>(run: (step: Step) => readonly unknown[], steps: Steps<T>): T {
  let next = steps.next();
  while (!next.done) next = goOn(run, steps, next.value);
  return next.value;
}

function goOn<T>(run: (step: Step) => readonly unknown[], steps: Steps<T>, step: Step): IteratorResult<Step, T> {
  let rows: readonly unknown[];
  try {
    rows = run(step);
  } catch (error) {
    return steps.throw(error);
  }
  return steps.next(rows);
}
