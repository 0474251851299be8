import type { IntentExamples } from '../domain/content.ts';
import type { Classifier } from './classifier.ts';
import { ACCEPT_THRESHOLD, CONFIRM_THRESHOLD, REJECTED } from './rank-intents.ts';
import { wordsOf } from './words.ts';

/** An utterance on the border may fall to either side whenever another one is added; that is no mistake. */
const LEEWAY = 0.1;

/** What is wrong with the utterance number `index` of an intent's file. */
export interface Mistake {
  readonly intent: IntentExamples;
  readonly index: number;
  readonly message: string;
}

/** Utterances that are there twice, that another intent steals, or that are dead: not understood as anything. */
export function checkUtterances(intents: readonly IntentExamples[], classify: Classifier): Mistake[] {
  const seen = new Map<string, string>();
  return intents.flatMap((intent) =>
    intent.utterances.flatMap((text, index) => {
      const words = wordsOf(text);
      const key = words.join(' ');
      const earlier = words.length > 0 ? seen.get(key) : undefined;
      seen.set(key, text);
      const message = earlier === undefined ? mistakeOf(intent, words, classify) : `it is the same as "${earlier}"`;
      return message === null ? [] : [{ intent, index, message: `"${text}": ${message}` }];
    }),
  );
}

function mistakeOf({ slug }: IntentExamples, words: readonly string[], classify: Classifier): string | null {
  const judged = classify(words);
  const [best] = judged;
  const own = judged.find(({ intent }) => intent === slug)?.confidence ?? 0;
  const stolenFrom = (slug === REJECTED ? ACCEPT_THRESHOLD : CONFIRM_THRESHOLD) + LEEWAY;
  if (best && best.intent !== slug && best.confidence >= stolenFrom)
    return `stolen: it is understood as "${best.intent}"; move it there, say it otherwise, or remove it`;
  if (slug === REJECTED || own >= CONFIRM_THRESHOLD - LEEWAY) return null;
  return `dead: it is not understood as "${slug}"; say more, or remove it`;
}
