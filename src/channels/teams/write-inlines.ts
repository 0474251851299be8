import type { InlineNode } from '../../markdown/ast.ts';
import { textOf } from '../../markdown/inlines.ts';
import { backslashed, inert, withoutHtml } from './escape.ts';

/** What reads the Markdown. A card shows HTML as it was written, a message could obey it. */
export type Surface = 'card' | 'message';

/** How inlines are written. */
export interface WriteOptions {
  readonly surface: Surface;
  /** With backslashes. */
  readonly escapes: boolean;
}

/** From the outermost to the innermost. */
const styles = ['href', 'bold', 'italic', 'strike', 'code'] as const;
type StyleName = (typeof styles)[number];

/** Inlines as Markdown, style within style; where signs meet, it may be read as something else. */
export function writeInlines(inlines: readonly InlineNode[], how: WriteOptions): string {
  return writeStyle(inlines, how, styles);
}

function writeStyle(
  inlines: readonly InlineNode[],
  how: WriteOptions,
  [style, ...inner]: readonly StyleName[],
): string {
  if (style === undefined) return writeText(textOf(inlines), how);
  return grouped(inlines, style)
    .map((group) => {
      const value = group[0]?.[style];
      if (value === undefined || value === false) return writeStyle(group, how, inner);
      if (style === 'code') return writeCode(textOf(group), how);
      return around(writeStyle(group, how, inner), (words) => styled(words, style, group[0]?.href ?? '', how));
    })
    .join('');
}

/** Neighbours that have the style in common. */
function grouped(inlines: readonly InlineNode[], style: StyleName): readonly (readonly InlineNode[])[] {
  const groups: InlineNode[][] = [];
  for (const inline of inlines) {
    const last = groups.at(-1);
    if (last && last[0]?.[style] === inline[style]) last.push(inline);
    else groups.push([inline]);
  }
  return groups;
}

function writeText(text: string, { surface, escapes }: WriteOptions): string {
  const words = inert(escapes ? backslashed(text) : text).replaceAll(/(?<![ \t])[ \t]*\n[ \t\n]*/g, '  \n');
  return surface === 'message' ? withoutHtml(words) : words;
}

/** In code nothing can be escaped. */
function writeCode(text: string, how: WriteOptions): string {
  if (how.surface === 'message' && /[<&]/.test(text)) return writeText(text, how);
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const space = text.includes('`') ? ' ' : '';
  return around(inert(text), (words) => fence + space + words + space + fence);
}

/** A style's sign has no space at its inner side. */
function around(text: string, sign: (words: string) => string): string {
  const words = text.trim();
  if (words === '') return text;
  const at = text.indexOf(words);
  return text.slice(0, at) + sign(words) + text.slice(at + words.length);
}

function styled(words: string, style: StyleName, href: string, { surface }: WriteOptions): string {
  if (style === 'bold') return `**${words}**`;
  if (style === 'italic') return `*${words}*`;
  if (style === 'strike') return `~~${words}~~`;
  const to = destinationOf(href);
  return `[${words}](${surface === 'message' ? withoutHtml(to) : to})`;
}

/** An address as it can stand between the round brackets of a link. */
export function destinationOf(href: string): string {
  return href.replaceAll(/[\s()\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
