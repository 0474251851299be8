import type { Catalog } from '../domain/catalog.ts';
import type { Guess, Heard } from '../domain/heard.ts';
import type { Classifier } from './classifier.ts';
import { findDetails, withoutId } from './details.ts';
import { createEntityFinder } from './entities.ts';
import { HEARD_FROM, type Judgement } from './judge.ts';
import type { Model } from './model.ts';
import { wordsOf } from './words.ts';

/** What a text means, taken as one thing; `judged` takes the place of the core's own judgement. It never throws. */
export type Core = (text: string, judged?: readonly Judgement[]) => Heard;

/** Alternatives less likely than this are none. */
const LIKELY_FROM = 0.1;
const MAX_ALTERNATIVES = 3;

/** `model`: where `classify` comes from; its words tell a typo of the catalog's words from another word. */
export function createCore(classify: Classifier, model: Model, catalog: Catalog): Core {
  const findEntities = createEntityFinder(catalog, new Map(model.wordCounts));
  return (text, judged) => {
    const details = findDetails(text);
    const words = wordsOf(withoutId(text, details.requestId));
    const entities = { ...findEntities(words), ...details };
    return { text, ...chosen(judged ?? classify(words)), entities, also: [], language: null };
  };
}

function chosen(judged: readonly Judgement[]): Pick<Heard, 'intent' | 'about' | 'confidence' | 'alternatives'> {
  const guesses = judged.map(({ intent, about, confidence }) => ({ intent, about, confidence }));
  const [best, ...others] = guesses;
  if (best && best.confidence >= HEARD_FROM) return { ...best, alternatives: likely(others) };
  return { intent: null, about: null, confidence: best?.confidence ?? 0, alternatives: likely(guesses) };
}

function likely(guesses: readonly Guess[]): Guess[] {
  return guesses.filter(({ confidence }) => confidence >= LIKELY_FROM).slice(0, MAX_ALTERNATIVES);
}
