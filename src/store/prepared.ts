import type { Compilable, CompiledQuery, Kysely, Transaction } from 'kysely';
import type { Database, Schema } from './schema.ts';

/** A query that is compiled once and then run with other values: building its SQL costs more than running it. */
export type Prepared<P, R> = (on: Database | Transaction<Schema>, values: P) => Promise<R[]>;

class Placeholder {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

type ValueOf<P> = <K extends keyof P>(name: K) => P[K];

/** `build` gets the database and a stand-in for each value of `P`; the stand-ins are replaced at every run. */
export function prepare<P extends object>() {
  return <R>(build: (db: Kysely<Schema>, value: ValueOf<P>) => Compilable<R>): Prepared<P, R> => {
    let compiled: CompiledQuery<R> | undefined;
    const standIn: ValueOf<P> = (name) => new Placeholder(name) as never;
    return async (on, values) => {
      compiled ??= build(on, standIn).compile();
      const parameters = compiled.parameters.map((one) =>
        one instanceof Placeholder ? values[one.name as keyof P] : one,
      );
      const { rows } = await on.executeQuery<R>({ ...compiled, parameters });
      return rows;
    };
  };
}
