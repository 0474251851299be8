import { LRUCache } from 'lru-cache';
import type { WireBlock, WireInline } from '../../domain/direct-line.ts';
import type { BlockNode, InlineNode } from '../../markdown/ast.ts';
import { readMarkdown } from '../../markdown/read-markdown.ts';

/** The bot says the same to many: each text is read once while it is said. */
const read = new LRUCache<string, readonly WireBlock[]>({ max: 200 });

/** Markdown as the blocks that clients draw. */
export function wireBlocksOf(markdown: string): readonly WireBlock[] {
  const known = read.get(markdown);
  if (known) return known;
  const blocks = readMarkdown(markdown).map(toWire);
  read.set(markdown, blocks);
  return blocks;
}

function toWire(block: BlockNode): WireBlock {
  if (block.type === 'quote') return { quote: block.blocks.map(toWire) };
  const { type, depth, markers, inlines } = block;
  return {
    ...(type === 'code' && { code: true }),
    ...(depth > 0 && { depth }),
    ...(markers.length > 0 && { markers }),
    inlines: inlines.map(toWireInline),
  };
}

function toWireInline(inline: InlineNode): WireInline {
  const { text, ...style } = inline;
  return Object.keys(style).length === 0 ? text : inline;
}
