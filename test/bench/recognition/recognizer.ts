import type { Recognizer } from '../../../src/domain/ports.ts';
import type { Model } from '../../../src/language/model.ts';
import type { EncoderClassifier } from '../../../src/language/encoder-classifier.ts';
import { createRecognizer } from '../../../src/language/recognizer.ts';
import { readCatalog } from '../../language/content.ts';
import { content } from '../../support/fakes.ts';

/** The recognizer of the product itself, with a model that was trained on the examples of content or on a part of them. */
export function recognizerWith(model: Model, encoderClassifier?: EncoderClassifier): Recognizer {
  return createRecognizer({
    model,
    catalog: readCatalog(),
    languages: content.languages,
    ...(encoderClassifier && { encoderClassifier }),
  });
}
