import { createUseLite } from '../../../src/language/encoders/use-lite.ts';
import { createClassifier } from '../../../src/language/classifier.ts';
import { createEncoderClassifier } from '../../../src/language/encoder-classifier.ts';
import { serialize } from '../../../src/language/serialize.ts';
import { trainModel, type Encoded } from '../../../src/language/train-model.ts';
import { wordsOf } from '../../../src/language/words.ts';
import type { Contestant, Row, Trained } from './contestant.ts';
import { labelOf } from './contestant.ts';
import { examplesOf, heardOf } from './core.ts';
import { recognizerWith } from './recognizer.ts';

const batch = 32;
/** Long enough that no figure depends on how busy the machine is. */
const patientMs = 60_000;

/** The core with the encoder use-lite, as ENCODER=use-lite gives it. */
export const coreWithEncoder: Contestant = {
  name: 'Latchkey core + encoder',
  ours: true,
  file: import.meta.filename,
  modules: [],
  train,
};

async function train(rows: readonly Row[]): Promise<Trained> {
  const encoder = { ...createUseLite(), budgetMs: patientMs };
  const intents = examplesOf(rows);
  const encode = (texts: readonly string[]) => encoder.encode(texts, patientMs);
  const model = trainModel(intents, await encodedBy(encode, rows));
  const classify = createClassifier(model);
  return {
    async predict(text) {
      const [meaning] = await encode([text]);
      return heardOf(classify(wordsOf(text), meaning));
    },
    decider() {
      const opinion = createEncoderClassifier(model, encoder, { now: () => 0 }, (error) => console.error(error));
      const recognizer = recognizerWith(trainModel(intents), opinion);
      return async (text) => {
        const { intent, subIntent } = await recognizer.recognize(text);
        return intent && labelOf(intent, subIntent);
      };
    },
    bytes: () => serialize(model).length,
  };
}

/** An intent's name is an example too. */
async function encodedBy(
  encode: (texts: readonly string[]) => Promise<readonly Float32Array[]>,
  rows: readonly Row[],
): Promise<Encoded> {
  const names = rows.map(({ intent }) => (intent.split('/')[0] ?? intent).replaceAll(/[-_]/gu, ' '));
  const texts = [...new Set([...rows.map(({ text }) => text), ...names])];
  const vectors = new Map<string, Float32Array>();
  for (let at = 0; at < texts.length; at += batch) {
    const some = texts.slice(at, at + batch);
    const encoded = await encode(some);
    for (const [i, text] of some.entries()) vectors.set(text, encoded[i] ?? new Float32Array());
  }
  const dimensions = vectors.values().next().value?.length ?? 0;
  return { dimensions, of: (text) => vectors.get(text) ?? new Float32Array(dimensions) };
}
