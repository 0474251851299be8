import type { Catalog } from '../../src/domain/catalog.ts';
import type { IntentExamples } from '../../src/domain/content.ts';
import { createClassifier } from '../../src/language/classifier.ts';
import { createCore, type Core } from '../../src/language/core.ts';
import { trainModel } from '../../src/language/train-model.ts';
import { content, trainedModel } from '../support/fakes.ts';

/** Every intent file. */
export const readIntents = (): readonly IntentExamples[] => content.intents;

/** The company's catalog. */
export const readCatalog = (): Catalog => content.catalog;

/** What the recognizer makes of one text as a whole, at once. */
export function coreOf(intents: readonly IntentExamples[], model = modelOf(intents)): Core {
  return createCore(createClassifier(model), model, readCatalog());
}

function modelOf(intents: readonly IntentExamples[]) {
  return intents === content.intents ? trainedModel() : trainModel(intents);
}
