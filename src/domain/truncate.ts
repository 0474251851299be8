import { lazily } from './lazily.ts';

const graphemes = lazily(() => new Intl.Segmenter('en', { granularity: 'grapheme' }));
/** Longer than what is seen as one character ever is, except where marks are piled up to be a nuisance. */
const longestCharacter = 100;

/** The first so many UTF-16 units, without a part of what is seen as one character at the end. */
export function truncate(text: string, most: number): string {
  if (text.length <= most) return text;
  const at = graphemes().segment(text).containing(most)?.index ?? most;
  const end = most - at < longestCharacter ? at : most;
  return text.slice(0, end).replace(/[\uD800-\uDBFF]$/, '');
}

/** At most so many UTF-16 units, with a mark where there was more. */
export function ellipsize(text: string, most: number): string {
  return text.length <= most ? text : `${truncate(text, most - 1)}…`;
}
