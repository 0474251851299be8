import { Worker } from 'node:worker_threads';
import { SupportError } from '../domain/errors.ts';

/** Where the words are, ours first, and where what is made of them is kept. */
export interface Preparing {
  readonly folders: readonly string[];
  readonly dataDir: string;
}

/** Under which name the words are kept, or what is wrong with them. */
export type Prepared = { readonly name: string } | { readonly errors: string };

/** What a thread does: it reads and checks the words, and then learns from them, if nothing is wrong with them. */
export interface Preparation {
  readonly checked: Promise<Prepared>;
  /** After `checked`. Rejects where there is nothing to learn from. */
  readonly learned: Promise<void>;
}

/** Reads, checks and learns words in a thread of its own, whose memory is given back; what was done before is not done again. */
export function prepare(job: Preparing): Preparation {
  const worker = new Worker(new URL('prepare-worker.ts', import.meta.url), { workerData: job });
  const checked = new Promise<Prepared>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new SupportError('content-invalid', { detail: 'it was not read to its end' })));
  });
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
  const learned = checked.then((prepared) => {
    if ('errors' in prepared) throw new SupportError('content-invalid', { detail: prepared.errors });
    return ended;
  });
  // A start waits for the words; a stop waits for nothing that is learned.
  const letGo = () => worker.unref();
  checked.then(letGo, letGo);
  // Whoever waits for one of the two is told.
  for (const one of [ended, learned]) one.catch(() => undefined);
  return { checked, learned };
}
