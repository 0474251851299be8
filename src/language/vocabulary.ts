import { createFeatures, extract } from './features.ts';
import { createHashTable } from './hash-table.ts';

/** The features that count, as columns of the model, with how telling each one is. */
export interface Vocabulary {
  readonly hashes: Uint32Array;
  /** Square root of the inverse document frequency: rare features weigh more. The last is the rarest of those that were kept for their number. */
  readonly idf: Float32Array;
  /** How many more columns an encoder's vectors take; 0: none. */
  readonly dimensions: number;
}

/** Bounds the model's size; beyond it the features of the fewest utterances go. */
const MAX_COLUMNS = 56_000;

/** Learns the features of `texts`, given as their words: those that one word alone is known by, then the most frequent. */
export function learnVocabulary(texts: readonly (readonly string[])[], dimensions: number): Vocabulary {
  const { hashes, counts, needed } = countFeatures(texts);
  const rank = (column: number) => (needed.has(column) ? Infinity : (counts[column] ?? 0));
  const order = Array.from(hashes.keys()).sort((a, b) => compare(rank(b), rank(a)) || a - b);
  const kept = order.slice(0, MAX_COLUMNS);
  return {
    hashes: Uint32Array.from(kept, (column) => hashes[column] ?? 0),
    dimensions,
    idf: Float32Array.from(kept, (column) => Math.sqrt(1 + Math.log((texts.length + 1) / ((counts[column] ?? 0) + 1)))),
  };
}

interface Counted {
  readonly hashes: readonly number[];
  readonly counts: readonly number[];
  /** Columns of texts of one word, but for its runs of letters: such a text has nothing else to be known by. */
  readonly needed: ReadonlySet<number>;
}

/** In how many texts each feature occurs. */
function countFeatures(texts: readonly (readonly string[])[]): Counted {
  const features = createFeatures();
  const table = createHashTable(1_000_000);
  const [hashes, counts, lastText]: [number[], number[], number[]] = [[], [], []];
  const needed = new Set<number>();
  for (const [index, words] of texts.entries()) {
    extract(words, features);
    for (let at = 0; at < features.end; at += 1) {
      const hash = features.hashes[at] ?? 0;
      const column = table.add(hash);
      if (words.length === 1 && at < features.wordEnd) needed.add(column);
      if (lastText[column] === index) continue;
      lastText[column] = index;
      hashes[column] = hash;
      counts[column] = (counts[column] ?? 0) + 1;
    }
  }
  return { hashes, counts, needed };
}

/** As `a - b`, for infinite numbers too. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
