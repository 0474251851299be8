import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { IntentExamples } from './domain/content.ts';
import { codeOf, SupportError } from './domain/errors.ts';
import type { Clock, Encoder, Log } from './domain/ports.ts';
import { createEncoder, type EncoderSettings } from './encoders/index.ts';
import { createOpinion, type Opinion } from './language/opinion.ts';
import type { Lesson } from './learn-worker.ts';
import { modelFile, readModel } from './load-recognizer.ts';

const startDeadlineMs = 60_000;

/** An opinion that is null until it is learned; `ready` says when, or why not. */
export interface LoadedOpinion {
  readonly opinion: Opinion;
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** What the learned model is kept with. */
export interface OpinionNeeds {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The encoder's opinion. Learning the utterances takes minutes, in a thread of its own, once for each change of words;
 * the core answers alone until then.
 */
export function loadOpinion(
  intents: readonly IntentExamples[],
  settings: EncoderSettings,
  { dataDir, clock, log }: OpinionNeeds,
): LoadedOpinion {
  const encoder = createEncoder(settings, fetch);
  let learned: Opinion | null = null;
  return {
    opinion: async (...text) => (learned ? learned(...text) : null),
    ready: prepare().then((opinion) => {
      learned = opinion;
      log.info({ encoder: encoder.name }, 'the encoder helps to understand');
    }),
    close: () => encoder.close(),
  };

  async function prepare(): Promise<Opinion> {
    const file = modelFile(intents, dataDir, encoder.name);
    if (!existsSync(file)) await learn({ intents, encoder: settings, file }, encoder, log);
    // The first text takes as long as the encoder takes to start.
    await encoder.encode(['hello'], startDeadlineMs);
    const model = readModel(file);
    if (!model) throw new SupportError('encoder-failed', { detail: `${file} holds no model` });
    return createOpinion(model, encoder, clock, (error) =>
      log.warn({ encoder: encoder.name, code: codeOf(error), err: error }, 'understood without the encoder'),
    );
  }
}

function learn(lesson: Lesson, { name }: Encoder, log: Log): Promise<void> {
  log.info({ encoder: name }, 'learning with the encoder; the core answers alone until then');
  const worker = new Worker(new URL('learn-worker.ts', import.meta.url), { workerData: lesson });
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once('error', (cause) => reject(new SupportError('encoder-failed', { cause })));
    worker.once('exit', resolve);
  });
}
