import { Worker } from 'node:worker_threads';
import { SupportError } from '../domain/errors.ts';
import type { Log, Recognizer } from '../domain/ports.ts';
import type { Content } from '../domain/content.ts';
import { stampOf } from '../knowledge/layers.ts';
import { readKept } from './kept.ts';
import type { LiveContent } from './live.ts';
import type { Prepared, Preparing } from './prepare-worker.ts';

/** What is watched, and what is made of it. */
export interface Watched extends Preparing {
  readonly live: LiveContent;
  /** The recognizer of words whose model is kept. */
  readonly recognizerOf: (content: Content) => Recognizer;
  readonly log: Log;
}

/** Looks after the words while the product runs. */
export interface ContentWatch {
  /** One look: takes up what was changed since, and has stayed as it is since the look before. True: other words are used now. */
  look(): Promise<boolean>;
  stop(): void;
}

const everyMs = 5_000;

/**
 * Takes up changed words without a restart. They are read, checked and learned in a thread of their own; where there is an error
 * the words of before stay, and the operator is told once. Folders are looked at, not watched: a folder that is mounted tells of
 * no change.
 */
export function watchContent({ folders, dataDir, live, recognizerOf, log }: Watched): ContentWatch {
  let taken = stampOf(folders);
  let seen = taken;
  let looking: Promise<boolean> | null = null;

  async function lookOnce(): Promise<boolean> {
    const stamp = stampOf(folders);
    const isStill = stamp === seen;
    seen = stamp;
    // What was copied halfway is looked at when all of it is there.
    if (stamp === taken || !isStill) return false;
    taken = stamp;
    const prepared = await prepare({ folders, dataDir });
    if ('errors' in prepared) {
      log.error({ errors: prepared.errors }, 'the content was changed and has errors: the words of before stay in use');
      return false;
    }
    const content = readKept(dataDir, prepared.name);
    if (!content) throw new SupportError('content-invalid', { detail: 'what was prepared is gone' });
    live.replace({ content, recognizer: recognizerOf(content) });
    log.info({ content: prepared.name }, 'the content was changed and is in use');
    return true;
  }
  const look = () =>
    (looking ??= lookOnce().finally(() => {
      looking = null;
    }));
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.error({ err: error }, 'the content could not be looked at'));
  }, everyMs);
  timer.unref();
  return { look, stop: () => clearInterval(timer) };
}

function prepare(job: Preparing): Promise<Prepared> {
  const worker = new Worker(new URL('prepare-worker.ts', import.meta.url), { workerData: job });
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new SupportError('content-invalid', { detail: 'it was not read to its end' })));
  });
}
