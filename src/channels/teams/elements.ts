import type { Wire } from '../wire.ts';
import type { BlockNode, InlineNode, LeafBlock } from '../../markdown/ast.ts';
import { linesOf, textOf } from '../../markdown/inlines.ts';
import { codeLines } from './escape.ts';
import { verb } from './events.ts';
import { markdownOf } from './markdown.ts';

/** Beside each other; more begin a new row. */
const mostInRow = 3;
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

/** Line by line, and each exactly: cards know no Markdown of code. */
function codeElements(code: string): Wire[] {
  return codeLines(code).map((text, i) => ({
    type: 'RichTextBlock',
    ...(i > 0 && { spacing: 'None' }),
    inlines: [{ type: 'TextRun', text, fontType: 'Monospace' }],
  }));
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

/** Buttons in rows; pressing one tells of which activity it is. */
export function buttonRows(labels: readonly string[], seq: number): Wire[] {
  const rows: Wire[] = [];
  for (let first = 0; first < labels.length; first += mostInRow) {
    const actions = labels
      .slice(first, first + mostInRow)
      .map((label) => ({ type: 'Action.Execute', title: label, verb, data: { seq, label } }));
    rows.push({ type: 'ActionSet', actions, ...(first > 0 && { spacing: 'Small' }) });
  }
  return rows;
}
