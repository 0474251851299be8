import type { Model } from './model.ts';
import { wordsOf } from './words.ts';

/** The language of a text as ISO 639-1 when it is another than the content's and that is plain; otherwise null. */
export type LanguageFinder = (text: string) => Promise<string | null>;

/** A text is looked at when so many of its words are none that the examples use. */
const STRANGE_SHARE = 0.4;
/** Shorter texts in Latin letters are looked at only when every word is strange: "Zugriff verweigert". */
const SHORT = 3;
const FEWEST_LATIN_WORDS = 2;
const MAX_CHARACTERS = 1_000;
const CAPITALIZED = /(?<!\p{L})\p{Lu}\p{Ll}[\p{L}\p{M}]*/gu;

/** The detector (0.3 s and 90 MB to load) is loaded for the first strange text, not before. */
export function createLanguageFinder(own: string, { wordCounts }: Pick<Model, 'wordCounts'>): LanguageFinder {
  const known = new Set(wordCounts.map(([word]) => word));
  return async (text) => {
    const words = wordsOf(text).filter((word) => /^\p{L}/u.test(word));
    const strange = words.filter((word) => !known.has(word));
    const share = strange.length / words.length;
    const latin = words.some((word) => /\p{Script=Latin}/u.test(word));
    if (words.length === 0 || share < (latin && words.length < SHORT ? 1 : STRANGE_SHARE)) return null;
    if (latin && (words.length < FEWEST_LATIN_WORDS || areNames(strange, text))) return null;
    const { eld } = await import('eld/extrasmall');
    const found = eld.detect(text.slice(0, MAX_CHARACTERS));
    // Short texts are never reliable; in other letters than Latin they need not be.
    const isPlain = found.language !== '' && found.language !== own && (found.isReliable() || !latin);
    return isPlain ? found.language : null;
  };
}

/** Names of places and people are of no language: where every strange word begins with a capital, there are only names. */
function areNames(strange: readonly string[], text: string): boolean {
  const capitalized = new Set((text.slice(0, MAX_CHARACTERS).match(CAPITALIZED) ?? []).flatMap(wordsOf));
  return strange.every((word) => capitalized.has(word));
}
