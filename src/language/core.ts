import type { Catalog } from '../domain/catalog.ts';
import type { ScoredIntent, RecognizerResult } from '../domain/recognition.ts';
import type { Classifier } from './classifier.ts';
import { findDetails, withoutId } from './details.ts';
import { createEntityFinder } from './entities.ts';
import { CONFIRM_THRESHOLD, type RankedIntent } from './rank-intents.ts';
import type { Model } from './model.ts';
import { wordsOf } from './words.ts';

/** What a text means, taken as one thing; `judged` takes the place of the core's own judgement. It never throws. */
export type Core = (text: string, judged?: readonly RankedIntent[]) => RecognizerResult;

/** Alternatives less likely than this are none. */
const LIKELY_FROM = 0.1;
const MAX_ALTERNATIVES = 3;

/** `model`: where `classify` comes from; its words tell a typo of the catalog's words from another word. */
export function createCore(classify: Classifier, model: Model, catalog: Catalog): Core {
  const findEntities = createEntityFinder(catalog, new Map(model.wordCounts));
  return (text, judged) => {
    const details = findDetails(text);
    const wanted = withoutId(text, details.requestId);
    const entities = { ...findEntities(wanted), ...details };
    return { text, ...chosen(judged ?? classify(wordsOf(wanted))), entities, also: [], language: null };
  };
}

function chosen(
  judged: readonly RankedIntent[],
): Pick<RecognizerResult, 'intent' | 'subIntent' | 'confidence' | 'alternatives'> {
  const scored = judged.map(({ intent, subIntent, confidence }) => ({ intent, subIntent, confidence }));
  const [best, ...others] = scored;
  if (best && best.confidence >= CONFIRM_THRESHOLD) return { ...best, alternatives: likely(others) };
  return { intent: null, subIntent: null, confidence: best?.confidence ?? 0, alternatives: likely(scored) };
}

function likely(scored: readonly ScoredIntent[]): ScoredIntent[] {
  return scored.filter(({ confidence }) => confidence >= LIKELY_FROM).slice(0, MAX_ALTERNATIVES);
}
