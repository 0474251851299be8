import type { Catalog } from '../domain/catalog.ts';
import type { Recognizer } from '../domain/ports.ts';
import { createClassifier } from './classifier.ts';
import { createCore } from './core.ts';
import { createLanguageFinder } from './language-finder.ts';
import type { Model } from './model.ts';
import type { Opinion } from './opinion.ts';
import { hearParts } from './parts.ts';
import { wordsOf } from './words.ts';

/** What a recognizer knows. An opinion counts more than its own judgement of a whole text. */
export interface Knowledge {
  readonly model: Model;
  readonly catalog: Catalog;
  /** The content's language, as ISO 639-1. */
  readonly language: string;
  readonly opinion?: Opinion;
}

/** Tells what texts mean. It never throws. */
export function createRecognizer({ model, catalog, language, opinion }: Knowledge): Recognizer {
  const core = createCore(createClassifier(model), model, catalog);
  const findLanguage = createLanguageFinder(language, model);
  return {
    async recognize(text) {
      const judged = opinion ? await opinion(text, wordsOf(text)) : null;
      const heard = hearParts(core(text, judged ?? undefined), core);
      return { ...heard, language: await findLanguage(text) };
    },
  };
}
