import type { Contestant } from './contestant.ts';
import { coreWithEncoder } from './core-encoder.ts';
import { core } from './core.ts';
import { fastText } from './fast-text.ts';
import { naturalBayes, naturalRegression } from './natural.ts';
import { nlpJs, nlpJsTuned } from './nlp-js.ts';
import { wink } from './wink.ts';

/** Everyone who is measured, in the order of the table. */
export const contestants: readonly Contestant[] = [
  core,
  coreWithEncoder,
  nlpJs,
  nlpJsTuned,
  fastText,
  wink,
  naturalBayes,
  naturalRegression,
];
