import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { IntentExamples } from '../domain/content.ts';
import { codeOf, SupportError } from '../domain/errors.ts';
import type { Clock, Encoder, Log } from '../domain/ports.ts';
import { createEncoder, type EncoderSettings } from './encoders/index.ts';
import { createEncoderClassifier, type EncoderClassifier } from './encoder-classifier.ts';
import type { TrainingJob } from './train-worker.ts';
import { modelFile, readModel } from './model-file.ts';

const startDeadlineMs = 60_000;

/** A classifier that gives nothing until it is trained; `ready` says when, or why not. */
export interface LoadedEncoderClassifier {
  readonly classifier: EncoderClassifier;
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** What the learned model is kept with. */
export interface EncoderClassifierNeeds {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The encoder's classifier. Training on the utterances takes minutes, in a thread of its own, once for each change of words;
 * the core answers alone until then.
 */
export function loadEncoderClassifier(
  intents: readonly IntentExamples[],
  settings: EncoderSettings,
  { dataDir, clock, log }: EncoderClassifierNeeds,
): LoadedEncoderClassifier {
  const encoder = createEncoder(settings, fetch);
  let trained: EncoderClassifier | null = null;
  return {
    classifier: async (...text) => (trained ? trained(...text) : null),
    ready: prepare().then((classifier) => {
      trained = classifier;
      log.info({ encoder: encoder.name }, 'the encoder helps to understand');
    }),
    close: () => encoder.close(),
  };

  async function prepare(): Promise<EncoderClassifier> {
    const file = modelFile(intents, dataDir, encoder.name);
    if (!existsSync(file)) await train({ intents, encoder: settings, file }, encoder, log);
    // The first text takes as long as the encoder takes to start.
    await encoder.encode(['hello'], startDeadlineMs);
    const model = readModel(file);
    if (!model) throw new SupportError('encoder-failed', { detail: `${file} holds no model` });
    return createEncoderClassifier(model, encoder, clock, (error) =>
      log.warn({ encoder: encoder.name, code: codeOf(error), err: error }, 'understood without the encoder'),
    );
  }
}

function train(job: TrainingJob, { name }: Encoder, log: Log): Promise<void> {
  log.info({ encoder: name }, 'learning with the encoder; the core answers alone until then');
  const worker = new Worker(new URL('train-worker.ts', import.meta.url), { workerData: job });
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once('error', (cause) => reject(new SupportError('encoder-failed', { cause })));
    worker.once('exit', resolve);
  });
}
