import type { Log, Recognizer } from '../domain/ports.ts';
import { stampOf } from '../knowledge/layers.ts';
import type { Checked } from './kept.ts';
import type { LiveContent } from './live.ts';
import { prepare, type Preparing } from './prepare.ts';
import { readPrepared } from './ready.ts';

/** What is watched, and what is made of it. */
export interface Watched extends Preparing {
  readonly live: LiveContent;
  /** The recognizer of words whose model is kept. */
  readonly recognizerOf: (words: Checked) => Promise<Recognizer>;
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
export async function watchContent({ folders, dataDir, live, recognizerOf, log }: Watched): Promise<ContentWatch> {
  let taken = await stampOf(folders);
  let seen = taken;
  let looking: Promise<boolean> | null = null;

  async function lookOnce(): Promise<boolean> {
    const stamp = await stampOf(folders);
    const isStill = stamp === seen;
    seen = stamp;
    // What was copied halfway is looked at when all of it is there.
    if (stamp === taken || !isStill) return false;
    taken = stamp;
    const { checked, learned } = prepare({ folders, dataDir });
    const prepared = await checked;
    if ('errors' in prepared) {
      log.error({ errors: prepared.errors }, 'the content was changed and has errors: the words of before stay in use');
      return false;
    }
    await learned;
    const words = await readPrepared(dataDir, prepared.name);
    live.replace({ content: words.content, recognizer: await recognizerOf(words) });
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
