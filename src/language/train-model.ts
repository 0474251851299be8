import type { IntentExamples } from '../domain/content.ts';
import { countWords } from './count-words.ts';
import type { Label, Model } from './model.ts';
import { quantize } from './quantize.ts';
import type { Rows, Targets } from './training-rows.ts';
import { trainSvm } from './svm.ts';
import { createVectorizer } from './vectorizer.ts';
import type { Vocabulary } from './vocabulary.ts';
import { learnVocabulary } from './vocabulary.ts';
import { wordsOf } from './words.ts';

/** An encoder's vectors of all examples, each of `dimensions` numbers and the length 1. */
export interface Encoded {
  readonly dimensions: number;
  of(text: string): Float32Array;
}

interface Example extends Label {
  readonly text: string;
  readonly words: readonly string[];
}

/** Learns to tell `intents` and their kinds apart. The same examples give the same model, byte by byte. */
export function trainModel(intents: readonly IntentExamples[], encoded?: Encoded): Model {
  const examples = intents.flatMap(examplesOf);
  const texts = examples.map(({ words }) => words);
  const vocabulary = learnVocabulary(texts, encoded?.dimensions ?? 0);
  const labels = labelsOf(examples);
  const columns = vocabulary.hashes.length + vocabulary.dimensions;
  const trained = trainSvm(rowsOf(examples, vocabulary, encoded), targetsOf(examples, labels), columns);
  return { ...vocabulary, labels, ...quantize(trained, labels.length), wordCounts: countWords(texts) };
}

/** The name of an intent without kinds is one more example of it. */
function examplesOf({ slug, subIntent, utterances }: IntentExamples): Example[] {
  const names = subIntent === null ? [slug.replaceAll(/[-_]/gu, ' ')] : [];
  return [...utterances, ...names].map((text) => ({ intent: slug, subIntent, text, words: wordsOf(text) }));
}

function labelsOf(examples: readonly Example[]): Label[] {
  const intents = [...new Set(examples.map(({ intent }) => intent))];
  return intents.flatMap((intent) => {
    const kinds = new Set(examples.flatMap((example) => (example.intent === intent ? (example.subIntent ?? []) : [])));
    return [null, ...kinds].map((subIntent) => ({ intent, subIntent }));
  });
}

function targetsOf(examples: readonly Example[], labels: readonly Label[]): Targets {
  const numbers = new Map(labels.map(({ intent, subIntent }, number) => [keyOf(intent, subIntent), number]));
  const numberOf = (intent: string, subIntent: string | null) => numbers.get(keyOf(intent, subIntent)) ?? -1;
  return {
    labels: labels.length,
    intentOf: Int32Array.from(examples, ({ intent }) => numberOf(intent, null)),
    kindOf: Int32Array.from(examples, ({ intent, subIntent }) =>
      subIntent === null ? -1 : numberOf(intent, subIntent),
    ),
  };
}

function keyOf(intent: string, subIntent: string | null): string {
  return subIntent === null ? intent : `${intent}/${subIntent}`;
}

function rowsOf(examples: readonly Example[], vocabulary: Vocabulary, encoded?: Encoded): Rows {
  const vectorizer = createVectorizer(vocabulary);
  const starts = new Int32Array(examples.length + 1);
  const [columns, values]: [number[], number[]] = [[], []];
  for (const [row, { text, words }] of examples.entries()) {
    const vector = vectorizer.vectorize(words, encoded?.of(text));
    for (let at = 0; at < vector.size; at += 1) {
      columns.push(vector.columns[at] ?? 0);
      values.push(vector.values[at] ?? 0);
    }
    starts[row + 1] = columns.length;
  }
  return { starts, columns: Int32Array.from(columns), values: Float32Array.from(values) };
}
