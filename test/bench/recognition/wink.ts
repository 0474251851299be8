import type { Contestant, Heard, Row, Trained } from './contestant.ts';
import { likeliest } from './contestant.ts';
import { loadPeer } from './peers.ts';

interface Classifier {
  definePrepTasks(tasks: readonly unknown[]): void;
  defineConfig(config: { considerOnlyPresence: boolean; smoothingFactor: number }): void;
  learn(text: string, label: string): void;
  consolidate(): void;
  computeOdds(text: string): [label: string, odds: number][];
  exportJSON(): string;
}

const module = 'wink-naive-bayes-text-classifier';
/** The helper of its documentation: words without stop words, as stems, negations marked. */
const prepare = `${module}/src/prep-text.js`;

/** wink's naive Bayes classifier, set up as its documentation does. */
export const wink: Contestant = {
  name: 'wink naive Bayes',
  ours: false,
  file: import.meta.filename,
  modules: [module, prepare],
  train: (rows) => Promise.resolve(trainWink(rows)),
};

function trainWink(rows: readonly Row[]): Trained {
  const classifier = (loadPeer(module) as () => Classifier)();
  classifier.definePrepTasks([loadPeer(prepare)]);
  classifier.defineConfig({ considerOnlyPresence: true, smoothingFactor: 0.5 });
  for (const { text, intent } of rows) classifier.learn(text, intent);
  classifier.consolidate();
  return {
    predict: (text) => heardIn(classifier.computeOdds(text)),
    bytes: () => Buffer.byteLength(classifier.exportJSON()),
  };
}

/** A text without any known word is `unknown`, with odds of 0. */
function heardIn(odds: readonly [label: string, odds: number][]): Heard {
  return odds[0]?.[0] === 'unknown' ? { intent: null, score: -Infinity } : likeliest(odds);
}
