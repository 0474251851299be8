import type { Contestant, Heard, Row } from './contestant.ts';
import { likeliest } from './contestant.ts';
import { loadPeer } from './peers.ts';

interface Classifier {
  addDocument(text: string, label: string): void;
  train(): void;
  getClassifications(text: string): { label: string; value: number }[];
}

/** One file of natural: the whole would load four database drivers and read a .env file. */
const folder = 'natural/lib/natural/classifiers';

/** natural's naive Bayes classifier; its values are made to add up to 1. */
export const naturalBayes = naturalContestant('natural Bayes', `${folder}/bayes_classifier`, (values) => {
  const sum = values.reduce((all, one) => all + one, 0);
  return values.map((value) => (sum > 0 ? value / sum : 0));
});

/** natural's logistic regression. */
export const naturalRegression = naturalContestant(
  'natural LR',
  `${folder}/logistic_regression_classifier`,
  (values) => values,
);

function naturalContestant(name: string, module: string, scale: (values: number[]) => number[]): Contestant {
  const train = (rows: readonly Row[]) => {
    const classifier = new (loadPeer(module) as new () => Classifier)();
    for (const { text, intent } of rows) classifier.addDocument(text, intent);
    classifier.train();
    const predict = (text: string): Heard => {
      const all = classifier.getClassifications(text);
      const scores = scale(all.map(({ value }) => value));
      return likeliest(all.map(({ label }, at) => [label, scores[at] ?? 0]));
    };
    return Promise.resolve({ predict, bytes: () => Buffer.byteLength(JSON.stringify(classifier)) });
  };
  return { name, ours: false, file: import.meta.filename, modules: [module], train };
}
