import type { Wire } from '../../domain/ports.ts';
import { verb } from './events.ts';
import { blocksOf, safeLinks, type Block } from './markdown.ts';

/** Beside each other; more begin a new row. */
const mostInRow = 3;

/** Behind a number: alone, `1.` would be an empty list, which is indented and may be counted anew. */
const noList = '\u00A0';

/** Text in a card; Markdown as far as cards know it. */
export function textBlock(text: string, looks: Wire = {}): Wire {
  return { type: 'TextBlock', text: safeLinks(text), wrap: true, ...looks };
}

/** The Markdown of a reply as elements of a card. */
export function elementsOf(markdown: string): Wire[] {
  return blocksOf(markdown).map(elementOf);
}

/** One block as an element. */
export function elementOf(block: Block): Wire {
  if (block.is === 'paragraph') return paragraph(block.text);
  if (block.is === 'quote') return quote(block.lines);
  const indent = block.level === 0 ? [] : [{ type: 'Column', width: '24px', items: [] }];
  const mark = { type: 'Column', width: 'auto', items: [textBlock(`${block.mark}${noList}`)] };
  const words = { type: 'Column', width: 'stretch', items: [textBlock(block.text)] };
  return { type: 'ColumnSet', spacing: 'Small', columns: [...indent, mark, words] };
}

/** A line in italics alone tells where a fact comes from. */
function paragraph(text: string): Wire {
  const [, note] = /^\*([^*]+)\*$/.exec(text) ?? [];
  return note === undefined ? textBlock(text) : textBlock(note, { isSubtle: true, size: 'Small' });
}

/** A message to send on: set apart, so that it can be copied. */
function quote(lines: readonly string[]): Wire {
  const items = elementsOf(lines.join('\n'));
  return { type: 'Container', style: 'emphasis', items: items.length > 0 ? items : [textBlock(' ')] };
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
