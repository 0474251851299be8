import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content, IntentExamples } from '../domain/content.ts';
import type { Recognizer } from '../domain/ports.ts';
import type { Model } from './model.ts';
import type { EncoderClassifier } from './encoder-classifier.ts';
import { forgetOlder, keepFile } from '../domain/kept-files.ts';
import { createRecognizer } from './recognizer.ts';
import { fingerprint } from './fingerprint.ts';
import { deserialize, serialize } from './serialize.ts';
import { trainModel } from './train-model.ts';

/** Of the words in use and of those before, each with the encoder and without. */
const KEPT = 4;

/** The recognizer for the utterances as they are now: its model is trained once and then kept in the data folder, in `file`. */
export function loadRecognizer(
  content: Content,
  dataDir: string,
  encoderClassifier?: EncoderClassifier,
  file = modelFile(content.intents, dataDir),
): Recognizer {
  const { catalog, languages } = content;
  const model = readModel(file) ?? saveModel(file, trainModel(content.intents));
  return createRecognizer({ model, catalog, languages, ...(encoderClassifier && { encoderClassifier }) });
}

/** The model for the utterances as they are now. */
export function loadModel(intents: readonly IntentExamples[], dataDir: string): Model {
  const file = modelFile(intents, dataDir);
  return readModel(file) ?? saveModel(file, trainModel(intents));
}

/** The same for whoever only looks: nothing is stored. */
export function lookUpModel(intents: readonly IntentExamples[], dataDir: string): Model {
  return readModel(modelFile(intents, dataDir)) ?? trainModel(intents);
}

/** Where the model of these utterances is kept; `encoder` names the encoder that it was trained with. */
export function modelFile(intents: readonly IntentExamples[], dataDir: string, encoder = ''): string {
  return join(dataDir, `recognizer-${fingerprint(intents, encoder).slice(0, 16)}.bin`);
}

/** Null where there is none, or it was cut short: it is then trained again. */
export function readModel(file: string): Model | null {
  return existsSync(file) ? deserialize(readFileSync(file)) : null;
}

/** Stores a model whole or not at all. */
export function saveModel(file: string, model: Model): Model {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  // Trained from what the company writes: nobody else’s to read.
  keepFile(file, serialize(model));
  forgetOlder(join(file, '..'), /^recognizer-\w+\.bin/, KEPT);
  return model;
}
