import type { Wire } from '../../domain/ports.ts';

/** Teams takes 28 KB, and counts up to 40 KB as UTF-16; some of it is left for what the connector adds. Bytes. */
const most = { utf8: 26_000, utf16: 36_000 };
/** A message that is still read. UTF-16 units. */
const longest = 8_000;

/** Whether Teams takes an activity of this size. */
export function fits(activity: Wire): boolean {
  const json = JSON.stringify(activity);
  return json.length * 2 <= most.utf16 && Buffer.byteLength(json) <= most.utf8;
}

/** Cuts a text where it is best to cut, so that each piece fits once it is drawn. */
export function piecesOf(text: string, draw: (piece: string) => Wire): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    let end = Math.min(rest.length, longest);
    while (!fits(draw(rest.slice(0, end)))) end = Math.floor(end * 0.75);
    if (end < rest.length) end = placeToCut(rest, end);
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return pieces.filter((piece) => piece !== '');
}

/** After a paragraph, else a line, a sentence, a word, a character; not too early. */
function placeToCut(text: string, end: number): number {
  const head = text.slice(0, end);
  for (const mark of ['\n\n', '\n', '. ', ' ']) {
    const at = head.lastIndexOf(mark);
    if (at > end / 2) return at + mark.length;
  }
  return /[\uD800-\uDBFF]$/.test(head) ? end - 1 : end;
}
