import type { BlockNode, LeafBlock } from './ast.ts';

/** A paragraph that begins with bold words. */
export interface Lead {
  /** The bold words. */
  readonly heading: string;
  /** The paragraph without them; perhaps without words. */
  readonly rest: LeafBlock;
}

/** The bold words that a paragraph outside of lists begins with; null: none on one line, or more than bold. */
export function leadOf(block: BlockNode | undefined): Lead | null {
  if (block?.type !== 'paragraph' || block.depth > 0) return null;
  const [first, next, ...others] = block.inlines;
  if (!first?.bold || first.href || next?.bold || !isOneLine(first.text)) return null;
  const inlines = next ? [{ ...next, text: next.text.trimStart() }, ...others] : [];
  return { heading: first.text, rest: { ...block, inlines } };
}

function isOneLine(text: string): boolean {
  return text.trim() !== '' && !text.includes('\n');
}
