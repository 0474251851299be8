import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { Kysely } from 'kysely';
import type { Counts, Period } from '../../domain/figures.ts';
import { createConnection } from './connection.ts';
import { createDialect } from './driver.ts';
import { createFigures } from '../figures.ts';
import type { Schema } from '../schema.ts';

/** What is to be counted; `now`: the time in the thread that asks. */
export interface CountRequest {
  readonly id: number;
  readonly period: Period;
  readonly now: number;
}

/** What was counted, or what went wrong. */
export type CountAnswer =
  { readonly id: number; readonly counts: Counts } | { readonly id: number; readonly error: string };

const file = workerData as string;
const nothing = () => undefined;
const connection = createConnection({
  ...{ db: new DatabaseSync(file, { readOnly: true }), patienceMs: 10_000, wrote: nothing },
});
const db = new Kysely<Schema>({ dialect: createDialect(connection, nothing) });

async function answer({ id, period, now }: CountRequest): Promise<CountAnswer> {
  try {
    return { id, counts: await createFigures(db, { now: () => now }).count(period) };
  } catch (error) {
    return { id, error: String(error) };
  }
}

parentPort?.on('message', (request: CountRequest) => {
  void answer(request).then((told) => parentPort?.postMessage(told));
});
