import { createFeatures, extract } from './features.ts';
import { createHashTable } from './hash-table.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A text as weighted columns, valid until the next call. Its length is 1, less with every feature that is unknown. */
export interface Vector {
  readonly columns: Int32Array;
  readonly values: Float32Array;
  /** How many entries are in use. */
  size: number;
}

/** Turns words into a vector. */
export interface Vectorizer {
  vectorize(words: readonly string[]): Vector;
}

const MAX_ENTRIES = 8_192;

/**
 * TF-IDF over `vocabulary`; whole words and runs of letters have equal shares of the vector. An unknown feature counts
 * in its share as much as the rarest known one, so that strange words weaken every score.
 */
export function createVectorizer({ hashes, idf }: Vocabulary): Vectorizer {
  const table = createHashTable(hashes.length);
  for (const hash of hashes) table.add(hash);
  const rarest = idf.at(-1) ?? 0;
  const features = createFeatures();
  const counts = new Float32Array(hashes.length);
  const vector = { columns: new Int32Array(MAX_ENTRIES), values: new Float32Array(MAX_ENTRIES), size: 0 };

  function addShare(from: number, to: number): void {
    const first = vector.size;
    const unknown = count(from, to);
    let squares = unknown * rarest * rarest;
    for (let at = first; at < vector.size; at += 1) {
      const column = vector.columns[at] ?? 0;
      const value = (1 + Math.log(counts[column] ?? 1)) * (idf[column] ?? 0);
      counts[column] = 0;
      vector.values[at] = value;
      squares += value * value;
    }
    const factor = Math.SQRT1_2 / Math.sqrt(squares || 1);
    for (let at = first; at < vector.size; at += 1) vector.values[at] = (vector.values[at] ?? 0) * factor;
  }

  /** Counts features into `counts`, their columns into `vector`; returns how many are unknown. */
  function count(from: number, to: number): number {
    let unknown = 0;
    for (let at = from; at < to; at += 1) {
      const column = table.find(features.hashes[at] ?? 0);
      if (column < 0) {
        unknown += 1;
        continue;
      }
      const before = counts[column] ?? 0;
      if (before === 0) vector.columns[vector.size++] = column;
      counts[column] = before + 1;
    }
    return unknown;
  }

  return {
    vectorize(words) {
      vector.size = 0;
      extract(words, features);
      addShare(0, features.wordEnd);
      addShare(features.wordEnd, features.end);
      return vector;
    },
  };
}
