import type { Wire } from '../wire.ts';
import type { BlockNode, InlineNode, LeafBlock } from '../../markdown/ast.ts';
import { linesOf, textOf } from '../../markdown/inlines.ts';
import { codeLines, hasUnbroken } from './escape.ts';
import { verb } from './events.ts';
import { markdownOf } from './markdown.ts';

/** Characters of the labels in a row that a narrow client (300 px) shows whole, and what the edges of a button take. */
const [longestRow, buttonEdges] = [33, 3];
/** Teams leaves out what is more. */
const mostInRow = 5;
/** Levels of lists that are indented; deeper ones stand no further right. */
const mostLevels = 3;
/** Behind a number: alone, `1.` would be an empty list, which is indented and may be counted anew. */
const noList = '\u00A0';

/** Text in a card; in a plain string nothing is formatting. */
export function textBlock(words: string | readonly InlineNode[], looks: Wire = {}): Wire {
  const inlines = typeof words === 'string' ? [{ text: words }] : words;
  return { type: 'TextBlock', text: markdownOf(inlines, 'card'), wrap: true, ...looks };
}

/** Blocks of Markdown as elements of a card. */
export function elementsOf(blocks: readonly BlockNode[]): Wire[] {
  return blocks.flatMap(elementsOfBlock);
}

function elementsOfBlock(block: BlockNode): Wire[] {
  // A message to send on: set apart, so that it can be copied.
  if (block.type === 'quote') return [{ type: 'Container', style: 'emphasis', items: elementsOf(block.blocks) }];
  const words = block.type === 'code' ? codeElements(textOf(block.inlines)) : lineElements(block);
  return block.depth === 0 ? words : [listRow(block, words)];
}

/** A line break makes a new element: cards know no other. */
function lineElements({ inlines, depth }: LeafBlock): Wire[] {
  return linesOf(inlines).map((line) => (depth === 0 ? paragraph(line) : textBlock(line)));
}

/** A line in italics alone tells where a fact comes from. */
function paragraph(line: readonly InlineNode[]): Wire {
  if (!line.every(({ italic, bold }) => italic && !bold)) return textBlock(line);
  const upright = line.map((inline) => ({ ...inline, italic: false }));
  return textBlock(upright, { isSubtle: true, size: 'Small' });
}

/** Line by line, and each exactly: cards know no Markdown of code. Only a block of text breaks what no space does. */
function codeElements(code: string): Wire[] {
  return codeLines(code).map((text, i) => {
    const spacing = i > 0 && { spacing: 'None' };
    if (hasUnbroken(text)) return textBlock(text, { fontType: 'Monospace', ...spacing });
    return { type: 'RichTextBlock', ...spacing, inlines: [{ type: 'TextRun', text, fontType: 'Monospace' }] };
  });
}

/** What stands in a list has its number or bullet beside it. */
function listRow({ depth, markers }: LeafBlock, words: readonly Wire[]): Wire {
  const level = Math.min(depth - markers.length, mostLevels);
  const indent = level === 0 ? [] : [{ type: 'Column', width: `${24 * level}px`, items: [] }];
  const mark = markers.map((number) => (number === null ? '•' : `${number}.`) + noList).join('');
  const columns = [
    ...indent,
    ...(mark === '' ? [] : [{ type: 'Column', width: 'auto', items: [textBlock(mark)] }]),
    { type: 'Column', width: 'stretch', items: words },
  ];
  return { type: 'ColumnSet', spacing: 'Small', columns };
}

/** Our buttons; pressing one tells of which activity it is. */
export function buttonRows(labels: readonly string[], seq: number): Wire[] {
  return rowsOf(labels.map((label) => button(label, { seq, label })));
}

/** Actions in rows, in each as many as are not cut. */
export function rowsOf(actions: readonly Wire[]): Wire[] {
  const rows: Wire[][] = [];
  let room = 0;
  for (const action of actions) {
    const needed = String(action.title).length + buttonEdges;
    room -= needed;
    const row = rows.at(-1);
    if (row && room >= 0 && row.length < mostInRow) row.push(action);
    else {
      rows.push([action]);
      room = longestRow - needed;
    }
  }
  return rows.map((row, i) => ({ type: 'ActionSet', actions: row, ...(i > 0 && { spacing: 'Small' }) }));
}

/** Clients that know no `Action.Execute` send a message with the same data. */
function button(title: string, data: Wire): Wire {
  const fallback = { type: 'Action.Submit', title, data: { ...data, verb } };
  return { type: 'Action.Execute', title, verb, data, fallback };
}
