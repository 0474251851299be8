import type { LeafBlock } from './ast.ts';
import { sliceInlines, textOf } from './inlines.ts';

/** Where to cut a text of which so many units fit: after a sentence or a line, else a word, else a character. */
export function cutAt(text: string, room: number): number {
  const fits = text.slice(0, room);
  const sentences = [...fits.slice(room / 2).matchAll(/[.!?…]["”’)]?\s|\n/g)];
  const sentence = sentences.at(-1);
  if (sentence) return Math.floor(room / 2) + sentence.index + sentence[0].length;
  const space = fits.search(/\s\S*$/);
  return space > 0 ? space + 1 : graphemeBefore(text, room);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** No character that is seen as one is cut in two, unless it alone is too long. */
function graphemeBefore(text: string, room: number): number {
  const from = Math.max(room - 100, 0);
  const last = [...graphemes.segment(text.slice(from, room + 100))].findLast(({ index }) => from + index <= room);
  const at = from + (last?.index ?? 0);
  return at > 0 ? at : room;
}

/** The same block as several that fit; `roomIn` gives how many units of a block's words do, at least 1; null: all of them. */
export function splitBlock<B extends LeafBlock>(block: B, roomIn: (block: B) => number | null): readonly B[] {
  const fitting: B[] = [];
  let rest = block;
  for (let room = roomIn(rest); room !== null; room = roomIn(rest)) {
    const text = textOf(rest.inlines);
    const at = cutAt(text, room);
    fitting.push({ ...rest, inlines: sliceInlines(rest.inlines, 0, at) });
    rest = { ...rest, depth: 0, markers: [], tight: false, inlines: sliceInlines(rest.inlines, at, text.length) };
  }
  return [...fitting, rest];
}
