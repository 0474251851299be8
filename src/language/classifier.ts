import type { RankedIntent } from './rank-intents.ts';
import { createIntentRanker } from './rank-intents.ts';
import type { Model } from './model.ts';
import { score } from './model.ts';
import { createVectorizer } from './vectorizer.ts';

/** What the words of a text mean, likeliest first; `meaning` is the encoder's vector of that text, for a model with one. */
export type Classifier = (words: readonly string[], meaning?: Float32Array) => RankedIntent[];

/** A trained model, ready to be asked. */
export function createClassifier(model: Model): Classifier {
  const vectorizer = createVectorizer(model);
  const judge = createIntentRanker(model.labels);
  const scores = new Float32Array(model.labels.length);
  return (words, meaning) => {
    score(model, vectorizer.vectorize(words, meaning), scores);
    return judge(scores);
  };
}
