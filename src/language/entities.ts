import type { Catalog } from '../domain/catalog.ts';
import type { Entities } from '../domain/recognition.ts';
import { isTypoOf } from './typo.ts';
import { wordsOf } from './words.ts';

/** Finds what of the catalog is named by the words of an utterance. */
export type EntityFinder = (words: readonly string[]) => Pick<Entities, 'feature' | 'plan' | 'meter'>;

interface Named {
  readonly slug: string;
  readonly name: string;
  readonly synonyms: readonly string[];
}

interface Phrase {
  readonly slug: string;
  readonly words: readonly string[];
  readonly letters: number;
}

/** Words of an utterance that are looked at; bounds the time. */
const MAX_WORDS = 120;
/** A typo comes this many times less often than the word that is meant; "credit" is no typo of "credits". */
const RARER_THAN_MEANT = 20;

/** Names and synonyms match exactly or with a typo, the longest first. `counts` says how often customers write a word. */
export function createEntityFinder(catalog: Catalog, counts: ReadonlyMap<string, number>): EntityFinder {
  const [features, plans, meters] = [phrasesOf(catalog.features), phrasesOf(catalog.plans), phrasesOf(catalog.meters)];
  const known = new Set([...features, ...plans, ...meters].flatMap(({ words }) => words));
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
    const readings = words.slice(0, MAX_WORDS).map(readingsOf);
    const find = (phrases: readonly Phrase[]) => phrases.find((phrase) => occurs(phrase, readings))?.slug ?? null;
    return { feature: find(features), plan: find(plans), meter: find(meters) };
  };
}

/** Longest first, so that "audit log" wins over "log". */
function phrasesOf(all: readonly Named[]): Phrase[] {
  return all
    .flatMap(({ slug, name, synonyms }) => [name, ...synonyms].map((text) => ({ slug, words: wordsOf(text) })))
    .map(({ slug, words }) => ({ slug, words, letters: words.join('').length }))
    .sort((a, b) => b.letters - a.letters);
}

function occurs({ words }: Phrase, readings: readonly (readonly string[])[]): boolean {
  return readings.some((_, start) => words.every((word, at) => readings[start + at]?.includes(word)));
}
