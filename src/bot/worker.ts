import { codeOf } from '../domain/errors.ts';
import type { Log } from '../domain/ports.ts';

const everyMs = 1_000;

/** Work that comes round again and again. */
export interface Worker {
  /** Resolves when a round that is under way has ended; there is no other. */
  stop(): Promise<void>;
}

/** Runs `work` now and then every second, never twice at once. */
export function startWorker(work: () => Promise<unknown>, log: Log): Worker {
  let running = Promise.resolve();
  let busy = false;
  const run = () => {
    if (busy) return;
    busy = true;
    running = work()
      .catch((error: unknown) => {
        // The store tells of that by itself.
        if (codeOf(error) !== 'store-unavailable') log.error({ err: error }, 'the worker failed');
      })
      .then(() => {
        busy = false;
      });
  };
  const timer = setInterval(run, everyMs);
  run();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
