import type { Clock, Encoder } from '../domain/ports.ts';
import { createClassifier } from './classifier.ts';
import type { RankedIntent } from './rank-intents.ts';
import type { Model } from './model.ts';

/** A second look at a text; null when there is none in time. Never throws. */
export type EncoderClassifier = (text: string, words: readonly string[]) => Promise<RankedIntent[] | null>;

/** After a failure the encoder is left alone for so long, so that not every turn waits for it in vain. */
const restMs = 10_000;
const maxCharacters = 1_000;

/** A classifier over a model that was trained with `encoder`; `failed` is told why there is none, once for every rest. */
export function createEncoderClassifier(
  model: Model,
  encoder: Encoder,
  clock: Clock,
  failed: (error: unknown) => void,
): EncoderClassifier {
  const classify = createClassifier(model);
  let restsUntil = 0;
  return async (text, words) => {
    if (words.length === 0 || clock.now() < restsUntil) return null;
    try {
      const [meaning] = await encoder.encode([text.slice(0, maxCharacters)], encoder.budgetMs);
      return meaning?.length === model.dimensions ? classify(words, meaning) : null;
    } catch (error) {
      restsUntil = clock.now() + restMs;
      failed(error);
      return null;
    }
  };
}
