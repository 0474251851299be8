import { marksOf } from './marks.ts';

/** 32-bit hashes of an utterance's features; the first `wordEnd` are of whole words, the others runs of letters. */
export interface Features {
  readonly hashes: Uint32Array;
  wordEnd: number;
  end: number;
}

/** More than an utterance of 1,000 characters can have. */
const MAX_FEATURES = 8_192;
const SHORTEST_RUN = 3;
const LONGEST_RUN = 4;
/** Letters that stand for a word's stem; for one of a pair, one more. */
const STEM = 4;
const PAIR_STEM = 5;
/** A word makes a pair with each of so many words before it, in whatever order they came. */
const PAIR_REACH = 12;
const MAX_WORD = 40;
const WORD_SEED = 0x811c9dc5;
const STEM_SEED = 0x5bd1e995;
const PAIR_SEED = 0x3c6ef372;
const NEGATED_SEED = 0x1b873593;
const FIRST_SEED = 0x7feb352d;
const THIRD_SEED = 0x68e31da4;
const RUN_SEED = 0x2f0b4a27;
const EDGE = 0x5f;

/** An empty buffer, to be filled again and again by `extract`. */
export function createFeatures(): Features {
  return { hashes: new Uint32Array(MAX_FEATURES), wordEnd: 0, end: 0 };
}

/** Fills `features` with words, their stems, neighbouring words in order, pairs of words, words with their marks, and runs of letters inside each word. */
export function extract(words: readonly string[], features: Features): void {
  features.end = 0;
  addWords(words, features);
  features.wordEnd = features.end;
  for (const word of words) addRuns(word, features);
}

function addWords(words: readonly string[], features: Features): void {
  let before = hashWord('^', WORD_SEED);
  for (const word of words) {
    const hash = hashWord(word, WORD_SEED);
    add(features, hash);
    add(features, hashWord(word.slice(0, STEM), STEM_SEED));
    add(features, hashWord(word, mix(before, EDGE)));
    before = hash;
  }
  add(features, hashWord('$', mix(before, EDGE)));
  addPairs(words, features);
  addMarked(words, features);
}

function addPairs(words: readonly string[], features: Features): void {
  const stems = words.map((word) => hashWord(word.slice(0, PAIR_STEM), PAIR_SEED));
  for (const [at, stem] of stems.entries()) {
    for (let before = Math.max(at - PAIR_REACH, 0); before < at; before += 1) {
      const other = stems[before] ?? 0;
      // The same whichever comes first.
      add(features, finish(mix(stem ^ other, (stem + other) | 0)));
    }
  }
}

function addMarked(words: readonly string[], features: Features): void {
  for (const [at, { isNegated, person }] of marksOf(words).entries()) {
    const stem = (words[at] ?? '').slice(0, PAIR_STEM);
    if (isNegated) add(features, hashWord(stem, NEGATED_SEED));
    if (person !== null) add(features, hashWord(stem, person === 'first' ? FIRST_SEED : THIRD_SEED));
  }
}

function addRuns(word: string, features: Features): void {
  const length = Math.min(word.length, MAX_WORD);
  for (let start = -1; start < length; start += 1) {
    let hash = RUN_SEED;
    const last = Math.min(start + LONGEST_RUN - 1, length);
    for (let at = start; at <= last; at += 1) {
      hash = mix(hash, at < 0 || at === length ? EDGE : word.charCodeAt(at));
      if (at - start + 1 >= SHORTEST_RUN) add(features, finish(hash));
    }
  }
}

function add(features: Features, hash: number): void {
  if (features.end < MAX_FEATURES) features.hashes[features.end++] = hash;
}

function hashWord(word: string, seed: number): number {
  let hash = seed;
  const length = Math.min(word.length, MAX_WORD);
  for (let at = 0; at < length; at += 1) hash = mix(hash, word.charCodeAt(at));
  return finish(hash);
}

/** FNV-1a, one step. */
function mix(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/** Never 0, which marks an empty slot in the vocabulary. */
function finish(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0 || 1;
}
