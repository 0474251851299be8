import type { Classifier } from './classifier.ts';
import { wordsOf } from './words.ts';

/** How much one word of a text speaks for each intent: what the evidence loses without it. */
export interface Weight {
  readonly word: string;
  readonly speaksFor: Readonly<Record<string, number>>;
}

/** Weights below this say nothing. */
const SPEAKS_FROM = 0.01;
const MAX_INTENTS = 3;

/** Which words of `text` speak for, and (negative) against, its likeliest intents. */
export function explain(classify: Classifier, text: string): Weight[] {
  const words = wordsOf(text);
  const likeliest = classify(words).slice(0, MAX_INTENTS);
  return words.map((word, at) => {
    const without = new Map(classify(words.toSpliced(at, 1)).map(({ intent, evidence }) => [intent, evidence]));
    const lost = likeliest.map(({ intent, evidence }) => [intent, evidence - (without.get(intent) ?? 0)] as const);
    const said = lost.filter(([, weight]) => Math.abs(weight) >= SPEAKS_FROM);
    return { word, speaksFor: Object.fromEntries(said.map(([intent, weight]) => [intent, Number(weight.toFixed(2))])) };
  });
}
