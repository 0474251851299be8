import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { SupportError } from '../../domain/errors.ts';
import { createTurns } from './turns.ts';
import { isBusy, whyUnusable } from './why-unusable.ts';

/** What a connection is made of. */
export interface ConnectionNeeds {
  readonly db: DatabaseSync;
  /** For how long another program that holds the database is waited for, in milliseconds. */
  readonly patienceMs: number;
  /** Is told whether the database could be used, whenever something was written, or could not be: null, or why not. */
  readonly wrote: (why: string | null) => void;
}

/** One connection to SQLite, shared by all: whose turn it is uses it. */
export interface Connection {
  readonly db: DatabaseSync;
  /** Runs once nobody is in the middle of a transaction: at once where nobody is. */
  read<T>(work: () => T): Promise<T>;
  /**
   * Runs when it is the caller's turn to write and no other program writes. The turn lasts until `end` is called; one whose
   * work throws has ended.
   */
  write<T>(work: () => T): Promise<{ readonly result: T; readonly end: () => void }>;
  /** Runs in the turn that the caller has. */
  readonly attempt: <T>(work: () => T) => T;
  /** Something was written, which is told. */
  wrote(): void;
}

const againMs = 20;

/**
 * Who writes waits for a database that another program holds without stopping the thread or those who read. Throws
 * `store-unavailable` where the database cannot be used now.
 */
export function createConnection({ db, patienceMs, wrote }: ConnectionNeeds): Connection {
  /** Whose turn it is uses the connection. */
  const turns = createTurns();
  /** Whose turn it is is the next to write, though it may have to wait. */
  const writers = createTurns();

  function attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toldAs(error);
    }
  }

  /** `store-unavailable` where the database cannot be used; other errors as they are. */
  function toldAs(error: unknown): unknown {
    const why = whyUnusable(error);
    if (why === null) return error;
    wrote(why);
    return new SupportError('store-unavailable', { cause: error });
  }

  return {
    db,
    attempt,
    wrote: () => wrote(null),
    async read(work) {
      if (turns.free()) return attempt(work);
      const end = await turns.take();
      try {
        return attempt(work);
      } finally {
        end();
      }
    },
    async write(work) {
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
            throw toldAs(error);
          }
        }
      }
    },
  };
}
