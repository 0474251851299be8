import type { InlineNode } from '../../markdown/ast.ts';
import { textOf } from '../../markdown/inlines.ts';
import { readMarkdown } from '../../markdown/read-markdown.ts';
import { safeAddress } from '../../markdown/safe-address.ts';
import { destinationOf, writeInlines, type Surface } from './write-inlines.ts';

/**
 * Words as the Markdown of one paragraph. A backslash stands before a sign only where the words would else be read as something
 * that they are not: not every reader of Markdown takes it away.
 */
export function markdownOf(inlines: readonly InlineNode[], surface: Surface): string {
  const wanted = readingOf(inlines);
  const drafts = [
    () => writeInlines(inlines, { surface, escapes: false }),
    () => writeInlines(inlines, { surface, escapes: true }),
    () => writeInlines([{ text: textOf(inlines) }], { surface, escapes: true }),
  ];
  let markdown = '';
  for (const draft of drafts) {
    // No-break spaces stay.
    markdown = withoutEnds(draft());
    if (readingOf(paragraphIn(markdown)) === wanted) break;
  }
  return markdown;
}

const ends: readonly string[] = [' ', '\t', '\n'];

function withoutEnds(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && ends.includes(text[start] ?? '')) start += 1;
  while (end > start && ends.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}

/** What is read of Markdown that should be one paragraph. */
function paragraphIn(markdown: string): readonly InlineNode[] {
  const [block, ...more] = readMarkdown(markdown);
  return block?.type === 'paragraph' && block.depth === 0 && more.length === 0 ? block.inlines : [];
}

/** Which signs are seen, and in which style. Code may as well stand as text, and an address lead where it says. */
function readingOf(inlines: readonly InlineNode[]): string {
  let reading = '';
  let last = '';
  for (const { text, bold, italic, strike, href } of inlines) {
    const seen = text.replaceAll(/[\s\u200B]+/g, '');
    if (seen === '') continue;
    const leads = href !== undefined && href !== safeAddress(text) && destinationOf(href);
    const style = JSON.stringify([bold, italic, strike, leads]);
    reading += style === last ? seen : style + seen;
    last = style;
  }
  return reading;
}
