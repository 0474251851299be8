import type { BlockNode, LeafBlock } from '../../markdown/ast.ts';
import { textOf } from '../../markdown/inlines.ts';
import { codeLines } from './escape.ts';
import { markdownOf } from './markdown.ts';

/** As wide as the number of the item above may be. */
const levelIndent = '    ';

/** Blocks as the Markdown of a message. */
export function messageMarkdown(blocks: readonly BlockNode[]): string {
  return blocks.map((block, i) => separatorOf(block, blocks[i - 1]) + blockMarkdown(block)).join('');
}

/** What stands between a block and the one before it. */
export function separatorOf(block: BlockNode, before: BlockNode | undefined): string {
  if (!before) return '';
  if (block.type === 'quote' || block.markers.length === 0 || !block.tight) return '\n\n';
  // A list that begins with another number than 1 would go on as the words above it.
  const isDeeper = before.type === 'quote' || before.depth < block.depth;
  return isDeeper && (block.markers[0] ?? 1) !== 1 ? '\n\n' : '\n';
}

function blockMarkdown(block: BlockNode): string {
  if (block.type === 'quote') return `> ${messageMarkdown(block.blocks).replaceAll('\n', '\n> ')}`;
  const { depth, markers } = block;
  const signs = markers.map((number) => (number === null ? '-' : `${number}.`).padEnd(levelIndent.length));
  const marks = signs.length > 0 ? `${signs.join('').trimEnd()} ` : '';
  const lines = wordsOf(block).replaceAll('\n', `\n${levelIndent.repeat(depth)}`);
  return levelIndent.repeat(depth - markers.length) + marks + lines;
}

/** In code nothing can be escaped: what could be obeyed as HTML is text. */
function wordsOf({ type, inlines }: LeafBlock): string {
  const text = textOf(inlines);
  if (type === 'paragraph') return markdownOf(inlines, 'message');
  if (/[<&]/.test(text)) return markdownOf([{ text: codeLines(text).join('\n') }], 'message');
  const fence = '`'.repeat(Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return `${fence}\n${text}\n${fence}`;
}
