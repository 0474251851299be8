import type { Recognizer } from '../../../src/domain/ports.ts';
import type { Model } from '../../../src/language/model.ts';
import type { Opinion } from '../../../src/language/opinion.ts';
import { createRecognizer } from '../../../src/language/recognizer.ts';
import { readCatalog } from '../../language/content.ts';

/** The recognizer of the product itself, with a model that was trained on the examples of content or on a part of them. */
export function recognizerWith(model: Model, opinion?: Opinion): Recognizer {
  return createRecognizer({ model, catalog: readCatalog(), language: 'en', ...(opinion && { opinion }) });
}
