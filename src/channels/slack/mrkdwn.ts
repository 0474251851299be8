import type { BlockNode, InlineNode, LeafBlock } from '../../markdown/ast.ts';
import { splitBlock } from '../../markdown/cut.ts';
import { textOf } from '../../markdown/inlines.ts';

/** A block at its place in a message: mrkdwn knows no quotation within another. */
export interface MrkdwnBlock extends LeafBlock {
  readonly quoted: boolean;
}

/** `& < >` as Slack wants them; nothing else has a meaning that could call people or lead somewhere. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Blocks one after the other, those in quotations marked. */
export function flatten(blocks: readonly BlockNode[], quoted = false): readonly MrkdwnBlock[] {
  return blocks.flatMap((block) => (block.type === 'quote' ? flatten(block.blocks, true) : [{ ...block, quoted }]));
}

/** A block as mrkdwn. */
export function mrkdwnOf(block: MrkdwnBlock): string {
  if (block.type === 'code') return `\`\`\`\n${escaped(unfenced(textOf(block.inlines)))}\n\`\`\``;
  const text = prefixOf(block) + block.inlines.map(inlineOf).join('');
  return block.quoted ? `> ${text.replaceAll('\n', '\n> ')}` : text;
}

/** Indentation, and a bullet or a number for each item that begins. Deeper lists stand no further right. */
function prefixOf({ depth, markers }: LeafBlock): string {
  const outer = depth - markers.length;
  const signs = markers.map((number, i) => (number !== null ? `${number}. ` : outer + i === 0 ? '• ' : '◦ '));
  return ('    '.repeat(Math.min(outer, 3)) + signs.join('')).slice(0, 40);
}

/** Style holds within a line, and not where a space is beside its sign. */
function inlineOf(inline: InlineNode): string {
  return inline.text
    .split('\n')
    .map((line) => {
      const words = line.trim();
      if (words === '') return line;
      const at = line.indexOf(words);
      return line.slice(0, at) + styled(words, inline) + line.slice(at + words.length);
    })
    .join('\n');
}

function styled(words: string, { bold, italic, strike, code, href }: InlineNode): string {
  let text = escaped(words);
  if (code && !href && !words.includes('`')) text = `\`${text}\``;
  if (href) text = `<${escaped(href)}|${text}>`;
  if (italic) text = `_${text}_`;
  if (bold) text = `*${text}*`;
  return strike ? `~${text}~` : text;
}

function unfenced(text: string): string {
  return text.replaceAll('```', '`\u200B`\u200B`');
}

/** The same block as several, each of at most so many characters as mrkdwn. */
export function fitted(block: MrkdwnBlock, most: number): readonly MrkdwnBlock[] {
  return splitBlock(block, (rest) => (mrkdwnOf(rest).length > most ? roomIn(rest, most) : null));
}

/** How many units of the words fit at the least, with all that is put around them. */
function roomIn(block: MrkdwnBlock, most: number): number {
  let used = prefixOf(block).length + 10;
  let offset = 0;
  for (const { text, href } of block.inlines) {
    const around = 8 + (href ? escaped(href).length + 3 : 0);
    used += around;
    for (const character of text) {
      used += character === '\n' ? around + 3 : character === '`' ? 3 : escaped(character).length;
      if (used > most) return offset;
      offset += character.length;
    }
  }
  return offset;
}
