import type { BlockNode } from './ast.ts';
import { textOf } from './inlines.ts';

/** What some blocks say, on one line; of lists the numbers stay. */
export function plainTextOf(blocks: readonly BlockNode[]): string {
  return blocks.map(textIn).join(' ').replaceAll(/\s+/g, ' ').trim();
}

function textIn(block: BlockNode): string {
  if (block.type === 'quote') return plainTextOf(block.blocks);
  const numbers = block.markers.filter((marker) => marker !== null).map((number) => `${number}. `);
  return numbers.join('') + textOf(block.inlines);
}
