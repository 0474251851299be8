import type { IntentExamples } from '../../../src/domain/content.ts';
import { createClassifier } from '../../../src/language/classifier.ts';
import { confidenceOf } from '../../../src/language/confidence.ts';
import { serialize } from '../../../src/language/serialize.ts';
import { trainModel } from '../../../src/language/train-model.ts';
import { wordsOf } from '../../../src/language/words.ts';
import type { RankedIntent } from '../../../src/language/rank-intents.ts';
import type { Contestant, Heard, Row, Trained } from './contestant.ts';
import { labelOf } from './contestant.ts';
import { recognizerWith } from './recognizer.ts';

/** Our recognizer's core: n-grams of words and letters, a linear support vector machine, our judge. */
export const core: Contestant = {
  name: 'Latchkey core',
  ours: true,
  file: import.meta.filename,
  modules: [],
  train: (rows) => Promise.resolve(trainCore(rows)),
};

function trainCore(rows: readonly Row[]): Trained {
  const model = trainModel(examplesOf(rows));
  const classify = createClassifier(model);
  return {
    predict: (text) => heardOf(classify(wordsOf(text))),
    decider() {
      const recognizer = recognizerWith(model);
      return async (text) => {
        const { intent, subIntent } = await recognizer.recognize(text);
        return intent && labelOf(intent, subIntent);
      };
    },
    bytes: () => serialize(model).length,
  };
}

/** What our judge heard, as every contestant says it. */
export function heardOf([best]: readonly RankedIntent[]): Heard {
  if (!best) return { intent: null, score: -Infinity };
  const score = confidenceOf(best.evidence);
  // Less than its evidence would give: `other` is likelier.
  const isRejected = best.confidence < score;
  return { intent: isRejected ? null : labelOf(best.intent, best.subIntent), score };
}

/** Rows as the examples of content: the kinds of an intent stay together. */
export function examplesOf(rows: readonly Row[]): IntentExamples[] {
  return [...Map.groupBy(rows, ({ intent }) => intent)].map(([intent, own]) => {
    const [slug = intent, subIntent = null] = intent.split('/');
    return { slug, subIntent, utterances: own.map(({ text }) => text) };
  });
}
