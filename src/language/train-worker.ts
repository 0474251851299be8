import { workerData } from 'node:worker_threads';
import type { IntentExamples } from '../domain/content.ts';
import { createEncoder, type EncoderSettings } from './encoders/index.ts';
import { trainModel } from './train-model.ts';
import { saveModel } from './model-file.ts';

/** What is learned, with which encoder, and where the model goes. */
export interface TrainingJob {
  readonly intents: readonly IntentExamples[];
  readonly encoder: EncoderSettings;
  readonly file: string;
}

const batch = 32;
const batchDeadlineMs = 60_000;

const { intents, encoder: settings, file } = workerData as TrainingJob;
const encoder = createEncoder(settings, fetch);
const texts = [...new Set(intents.flatMap(({ slug, utterances }) => [...utterances, slug.replaceAll('-', ' ')]))];
const vectors = new Map<string, Float32Array>();
for (let at = 0; at < texts.length; at += batch) {
  const some = texts.slice(at, at + batch);
  const encoded = await encoder.encode(some, batchDeadlineMs);
  for (const [i, text] of some.entries()) vectors.set(text, encoded[i] ?? new Float32Array());
}
await encoder.close();
const dimensions = vectors.values().next().value?.length ?? 0;
saveModel(file, trainModel(intents, { dimensions, of: (text) => vectors.get(text) ?? new Float32Array(dimensions) }));
