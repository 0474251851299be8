import type { InlineNode, InlineStyle } from './ast.ts';

/** The words of some inlines, without their style. */
export function textOf(inlines: readonly InlineNode[]): string {
  return inlines.map(({ text }) => text).join('');
}

/** Whether words are set in the same way. */
export function isSameStyle(a: InlineStyle, b: InlineStyle): boolean {
  return (['bold', 'italic', 'strike', 'code', 'href'] as const).every((name) => a[name] === b[name]);
}

/** The same inlines, neighbours of one style as one: marked takes every escaped sign apart. */
export function joinInlines(inlines: readonly InlineNode[]): readonly InlineNode[] {
  const joined: InlineNode[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (last && isSameStyle(last, inline)) joined[joined.length - 1] = { ...last, text: last.text + inline.text };
    else joined.push(inline);
  }
  return joined;
}

/** The inlines between two offsets into their text. UTF-16 units. */
export function sliceInlines(inlines: readonly InlineNode[], from: number, to: number): readonly InlineNode[] {
  let offset = 0;
  return inlines.flatMap((inline) => {
    const [start, end] = [Math.max(from - offset, 0), Math.min(to - offset, inline.text.length)];
    offset += inline.text.length;
    return start < end ? [{ ...inline, text: inline.text.slice(start, end) }] : [];
  });
}

/** The inlines of each line; a line without words is left out. */
export function linesOf(inlines: readonly InlineNode[]): readonly (readonly InlineNode[])[] {
  let end = -1;
  return textOf(inlines)
    .split('\n')
    .map((line) => {
      const start = end + 1;
      end = start + line.length;
      return sliceInlines(inlines, start, end);
    })
    .filter((line) => textOf(line).trim() !== '');
}
