import type { Vector } from './vectorizer.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What utterances are told apart by: an intent as a whole (`subIntent` null), or one kind of it. */
export interface Label {
  readonly intent: string;
  readonly subIntent: string | null;
}

/** A trained recognizer: what `trainModel` learns and `serialize` writes. */
export interface Model extends Vocabulary {
  readonly labels: readonly Label[];
  /** One for each column and label, column by column; `scales` turns a label's weights back into numbers. */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly biases: Float32Array;
  /** In how many examples a word occurs, for the words of several: what is common is no typo. */
  readonly wordCounts: readonly (readonly [string, number])[];
}

/** How far `vector` lies on each label's side of its border, into `scores`. */
export function score(model: Model, vector: Vector, scores: Float32Array): void {
  const { weights, scales, biases } = model;
  const labels = scales.length;
  scores.fill(0);
  for (let at = 0; at < vector.size; at += 1) {
    const base = (vector.columns[at] ?? 0) * labels;
    const value = vector.values[at] ?? 0;
    for (let label = 0; label < labels; label += 1) {
      scores[label] = (scores[label] ?? 0) + value * (weights[base + label] ?? 0);
    }
  }
  for (let label = 0; label < labels; label += 1) {
    scores[label] = (scores[label] ?? 0) * (scales[label] ?? 0) + (biases[label] ?? 0);
  }
}
