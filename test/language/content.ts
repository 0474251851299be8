import { contentFolder } from '../../src/config.ts';
import type { Catalog } from '../../src/domain/catalog.ts';
import type { IntentExamples } from '../../src/domain/content.ts';
import { loadContent } from '../../src/knowledge/load.ts';
import { createClassifier } from '../../src/language/classifier.ts';
import { createCore, type Core } from '../../src/language/core.ts';
import { trainModel } from '../../src/language/train-model.ts';

const { content } = loadContent(contentFolder);

/** Every intent file. */
export const readIntents = (): readonly IntentExamples[] => content.intents;

/** The company's catalog. */
export const readCatalog = (): Catalog => content.catalog;

/** What the recognizer makes of one text as a whole, at once. */
export function coreOf(intents: readonly IntentExamples[], model = trainModel(intents)): Core {
  return createCore(createClassifier(model), model, readCatalog());
}
