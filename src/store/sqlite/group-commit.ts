import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Kysely } from 'kysely';
import type { Connection } from './connection.ts';
import { parametersOf, runNow, type Statement, type Step, type Steps } from '../prepared.ts';
import type { Schema } from '../schema.ts';

/** Stores what these steps do, whole or not at all. Resolves when it is on the disk. */
export type Transact = <T>(make: () => Steps<T>) => Promise<T>;

type Run = (step: Step) => readonly unknown[];

interface Member {
  readonly steps: Steps<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}
type Outcome = { readonly result: unknown } | { readonly error: unknown };

/**
 * Transactions that are ready in one round of the event loop wait for the disk once, together. Each is all or nothing by
 * itself; where the disk fails, none of them is stored, and each is told so.
 */
export function createGroupCommit(connection: Connection, run: Run): Transact {
  const { db } = connection;
  const countChanges = db.prepare('select total_changes() as count');
  const changes = () => Number(countChanges.get()?.count);
  /** SQLite itself rolls back where the disk is full or fails. */
  const isUnderWay = () => db.isTransaction;
  let ready: Member[] = [];

  async function commitReady(): Promise<void> {
    let members: readonly Member[] = [];
    try {
      const { result: outcomes, end } = await connection.write(() => {
        db.exec('begin immediate');
        members = ready;
        ready = [];
        return together(members);
      });
      end();
      members.forEach((one, i) => settle(one, outcomes[i]));
    } catch (error) {
      const refused = ready;
      ready = [];
      for (const one of refused) one.reject(error);
    }
  }

  function together(members: readonly Member[]): readonly Outcome[] {
    const before = changes();
    const outcomes = members.map(({ steps }) => apart(steps));
    try {
      if (!isUnderWay()) throw whyLost(outcomes);
      connection.attempt(() => db.exec('commit'));
    } catch (error) {
      if (isUnderWay()) db.exec('rollback');
      return members.map(() => ({ error }));
    }
    if (changes() > before) connection.wrote();
    return outcomes;
  }

  /** One among many: undone by itself where it fails. */
  function apart(steps: Steps<unknown>): Outcome {
    if (!isUnderWay()) return { error: notTried };
    db.exec('savepoint one');
    try {
      const result = connection.attempt(() => runNow(run, steps));
      db.exec('release one');
      return { result };
    } catch (error) {
      if (isUnderWay()) db.exec('rollback to one; release one');
      return { error };
    }
  }

  return <T>(make: () => Steps<T>) =>
    new Promise<T>((resolve, reject) => {
      if (ready.length === 0) setImmediate(() => void commitReady());
      ready.push({ steps: make(), resolve: resolve as (result: unknown) => void, reject });
    });
}

const notTried = Symbol('an earlier one ended the transaction');

/** The error of the last one that was tried. */
function whyLost(outcomes: readonly Outcome[]): unknown {
  return outcomes.map((one) => ('error' in one ? one.error : notTried)).findLast((error) => error !== notTried);
}

function settle(member: Member, outcome: Outcome | undefined): void {
  if (outcome && 'result' in outcome) member.resolve(outcome.result);
  else member.reject(outcome?.error);
}

/** Runs single steps on a connection to SQLite, each statement compiled once. */
export function createStepRunner(db: DatabaseSync, kysely: Kysely<Schema>): Run {
  const known = new Map<Statement, (values: object) => readonly unknown[]>();

  function ready(statement: Statement) {
    const query = statement.compiledFor(kysely);
    const compiled = db.prepare(query.sql);
    const inputs = (values: object) => parametersOf(query, values) as SQLInputValue[];
    if (compiled.columns().length > 0) return (values: object) => compiled.all(...inputs(values));
    return (values: object) => {
      compiled.run(...inputs(values));
      return [];
    };
  }

  return ({ statement, values }) => {
    let run = known.get(statement);
    if (!run) known.set(statement, (run = ready(statement)));
    return run(values);
  };
}
