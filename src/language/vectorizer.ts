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

const none = new Float32Array();

/** Turns words into a vector. */
export interface Vectorizer {
  /** `meaning` takes the columns after those of the vocabulary. */
  vectorize(words: readonly string[], meaning?: Float32Array): Vector;
}

/** What words can fill. */
/** The share of whole words and their pairs; the rest is that of runs of letters. */
const WORDS = 0.6;
const MAX_ENTRIES = 8_192;
/** How much a meaning counts beside the words, whose vector has the length 1. Public intent sets gain most at 1 to 1.5. */
const MEANING = 1.2;

/**
 * TF-IDF over `vocabulary`. An unknown feature counts
 * in its share as much as the rarest known one, so that strange words weaken every score.
 */
export function createVectorizer({ hashes, idf, dimensions }: Vocabulary): Vectorizer {
  const table = createHashTable(hashes.length);
  for (const hash of hashes) table.add(hash);
  const rarest = idf.at(-1) ?? 0;
  const features = createFeatures();
  const counts = new Float32Array(hashes.length);
  const most = MAX_ENTRIES + dimensions;
  const vector = { columns: new Int32Array(most), values: new Float32Array(most), size: 0 };

  function addShare(from: number, to: number, share: number): void {
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
    const factor = Math.sqrt(share / (squares || 1));
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
    vectorize(words, meaning = none) {
      vector.size = 0;
      extract(words, features);
      addShare(0, features.wordEnd, WORDS);
      addShare(features.wordEnd, features.end, 1 - WORDS);
      for (let at = 0; at < meaning.length; at += 1) {
        vector.columns[vector.size] = hashes.length + at;
        vector.values[vector.size++] = MEANING * (meaning[at] ?? 0);
      }
      return vector;
    },
  };
}
