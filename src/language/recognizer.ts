import type { Catalog } from '../domain/catalog.ts';
import type { IntentExamples } from '../domain/content.ts';
import type { Recognizer } from '../domain/ports.ts';
import { confidenceOf } from './confidence.ts';
import { createEntityFinder } from './entities.ts';
import { createJudge } from './judge.ts';
import type { Model } from './model.ts';
import { score } from './model.ts';
import { trainModel } from './train-model.ts';
import { createVectorizer } from './vectorizer.ts';
import { wordsOf } from './words.ts';

/** `model`: one trained earlier on the same `intents` (see `fingerprint`); without it, training takes a moment now. */
export interface RecognizerOptions {
  readonly model?: Model;
}

/** From 0.5 on an intent is heard (to be confirmed), from 0.75 on it is certain. */
const HEARD_FROM = 0.5;

/** A recognizer that knows `intents` and what the catalog names. Its answers depend on nothing else; it never throws. */
export function createRecognizer(
  intents: readonly IntentExamples[],
  catalog: Catalog,
  { model = trainModel(intents) }: RecognizerOptions = {},
): Recognizer {
  const vectorizer = createVectorizer(model);
  const judge = createJudge(model.labels);
  const findEntities = createEntityFinder(catalog, new Map(model.wordCounts));
  const scores = new Float32Array(model.labels.length);
  return {
    recognize(text) {
      const words = wordsOf(text);
      score(model, vectorizer.vectorize(words), scores);
      const { intent, about, evidence } = judge(scores);
      const confidence = intent === null ? 0 : confidenceOf(evidence);
      const heard = confidence < HEARD_FROM ? { intent: null, about: null } : { intent, about };
      return { text, ...heard, confidence, entities: findEntities(words) };
    },
  };
}
