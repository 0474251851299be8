import type { Catalog } from '../domain/catalog.ts';
import type { Languages } from '../domain/content.ts';
import type { Recognizer } from '../domain/ports.ts';
import { createClassifier } from './classifier.ts';
import { createCore } from './core.ts';
import { createForeignPhraseFinder } from './foreign-phrases.ts';
import { createLanguageFinder } from './language-finder.ts';
import type { Model } from './model.ts';
import type { EncoderClassifier } from './encoder-classifier.ts';
import { recognizeCompound } from './compound-utterance.ts';
import { hearLongText } from './long-text.ts';
import { withPastedError } from './pasted-error.ts';
import { wordsOf } from './words.ts';

/** What a recognizer knows. The encoder’s classifier counts more than the core’s own of a whole text. */
export interface RecognizerNeeds {
  readonly model: Model;
  readonly catalog: Catalog;
  readonly languages: Languages;
  readonly encoderClassifier?: EncoderClassifier;
}

/** Tells what texts mean. It never throws. */
export function createRecognizer({ model, catalog, languages, encoderClassifier }: RecognizerNeeds): Recognizer {
  const classify = createClassifier(model);
  const core = createCore(classify, model, catalog);
  const findLanguage = createLanguageFinder(languages.own, model);
  const findPhrase = createForeignPhraseFinder(languages.others, new Set(model.wordCounts.map(([word]) => word)));
  return {
    async recognize(text) {
      const phrase = findPhrase(text);
      if (phrase) return { ...core(text), ...phrase, subIntent: null, confidence: 1, alternatives: [] };
      const judged = encoderClassifier ? await encoderClassifier(text, wordsOf(text)) : null;
      const whole = recognizeCompound(core(text, judged ?? undefined), core, classify);
      const recognized = withPastedError(hearLongText(whole, core, classify));
      return { ...recognized, language: await findLanguage(text) };
    },
  };
}
