import { Worker } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import { SupportError } from '../../domain/errors.ts';
import type { Counts, Figures, Period } from '../../domain/figures.ts';
import type { Clock } from '../../domain/ports.ts';
import type { CountAnswer, CountRequest } from './figures-worker.ts';

/** Figures that are counted beside; `close` ends their thread. */
export interface FiguresThread extends Figures {
  close(): Promise<void>;
}

/** For how long what was counted is told to whoever asks for the same days. */
const freshMs = 10_000;
const mostPeriods = 50;

interface Counting {
  /** Of this process alone: the clock may jump. */
  readonly since: number;
  readonly counts: Promise<Counts>;
}

/**
 * Counts in a thread of its own, over a connection of its own that only reads: whoever chats is not held up. One after the
 * other, and once for all who ask for the same days at about the same time. `file`: of the database.
 */
export function createFiguresThread(file: string, clock: Clock): FiguresThread {
  const known = new LRUCache<string, Counting>({ max: mostPeriods });
  const waiting = new Map<number, PromiseWithResolvers<Counts>>();
  let worker: Worker | null = null;
  let asked = 0;
  let last: Promise<unknown> = Promise.resolve();

  function fail(cause: unknown): void {
    worker = null;
    const failure = new SupportError('internal', { cause, detail: 'The insights could not be counted.' });
    for (const one of waiting.values()) one.reject(failure);
    waiting.clear();
  }

  function begin(): Worker {
    const begun = new Worker(new URL('figures-worker.ts', import.meta.url), { workerData: file });
    begun.unref();
    begun.on('message', (answer: CountAnswer) => {
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('counts' in answer) one?.resolve(answer.counts);
      else one?.reject(new SupportError('internal', { detail: answer.error }));
    });
    begun.on('error', fail);
    begun.on('exit', (code) => fail(code));
    return begun;
  }

  function ask(period: Period): Promise<Counts> {
    worker ??= begin();
    asked += 1;
    const one = Promise.withResolvers<Counts>();
    waiting.set(asked, one);
    worker.postMessage({ id: asked, period, now: clock.now() } satisfies CountRequest);
    return one.promise;
  }

  return {
    count(period) {
      const key = `${period.from} ${period.to}`;
      const before = known.get(key);
      if (before && performance.now() - before.since < freshMs) return before.counts;
      const counts = last.then(() => ask(period));
      last = counts.catch(() => known.delete(key));
      known.set(key, { since: performance.now(), counts });
      return counts;
    },
    async close() {
      await worker?.terminate();
    },
  };
}
