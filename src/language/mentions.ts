import { isTypoOf } from './typo.ts';
import { wordsOf } from './words.ts';

/** A thing of the catalog, as customers call it. */
export interface Named {
  readonly slug: string;
  readonly name: string;
  readonly synonyms: readonly string[];
  readonly unless?: readonly string[] | undefined;
}

/** Where a thing is named among words: from `start` to before `end`. */
export interface Mention {
  readonly slug: string;
  readonly start: number;
  readonly end: number;
}

/** Finds all mentions of things among words, in the order of the text; the longest name wins where names overlap. */
export type MentionFinder = (words: readonly string[]) => Mention[];

interface Phrase {
  readonly slug: string;
  readonly words: readonly string[];
  readonly letters: number;
}

/** A typo comes this many times less often than the word that is meant; "credit" is no typo of "credits". */
const RARER_THAN_MEANT = 20;

/** Names and synonyms match exactly or with a typo. `counts` says how often customers write a word. */
export function createMentionFinder(things: readonly Named[], counts: ReadonlyMap<string, number>): MentionFinder {
  const names = phrasesOf(things, ({ name, synonyms }) => [name, ...synonyms]);
  const exceptions = phrasesOf(things, ({ unless }) => unless ?? []);
  const known = new Set(names.flatMap(({ words }) => words));
  const byFirstLetter = Map.groupBy(known, (word) => word[0]);

  function readingsOf(word: string): string[] {
    if (known.has(word)) return [word];
    const meant = byFirstLetter.get(word[0]) ?? [];
    return meant.filter((candidate) => isRare(word, candidate) && isTypoOf(word, candidate));
  }

  function isRare(word: string, meant: string): boolean {
    return (counts.get(word) ?? 0) * RARER_THAN_MEANT < (counts.get(meant) ?? 1);
  }

  return (words) => {
    const readings = words.map(readingsOf);
    const found: Mention[] = [];
    const written = words.map((word) => [word]);
    const excepted = begunIn(written, exceptions).flatMap((phrase) => placesOf(phrase, written));
    for (const phrase of begunIn(readings, names))
      for (const place of placesOf(phrase, readings))
        if (!excepted.some((one) => one.slug === place.slug && covers(one, place)) && !found.some(overlaps(place)))
          found.push(place);
    return found.sort((a, b) => a.start - b.start);
  };
}

/** Longest first, so that "audit log" wins over "log". */
function phrasesOf(things: readonly Named[], textsOf: (thing: Named) => readonly string[]): Phrase[] {
  return things
    .flatMap((thing) => textsOf(thing).map((text) => ({ slug: thing.slug, words: wordsOf(text) })))
    .map(({ slug, words }) => ({ slug, words, letters: words.join('').length }))
    .sort((a, b) => b.letters - a.letters);
}

/** The phrases whose first word is there at all: few. */
function begunIn(readings: readonly (readonly string[])[], phrases: readonly Phrase[]): Phrase[] {
  const there = new Set(readings.flat());
  return phrases.filter(({ words: [first = ''] }) => there.has(first));
}

function placesOf({ slug, words }: Phrase, readings: readonly (readonly string[])[]): Mention[] {
  return readings.flatMap((_, start) => {
    const fits = words.every((word, at) => readings[start + at]?.includes(word));
    return fits ? [{ slug, start, end: start + words.length }] : [];
  });
}

function covers(outer: Mention, inner: Mention): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function overlaps(one: Mention): (other: Mention) => boolean {
  return (other) => one.start < other.end && other.start < one.end;
}
