import { lexer, type Token, type Tokens } from 'marked';

/** Words in one style. */
export interface Run extends Style {
  readonly text: string;
}

/** How words are set; `href`: where they lead, as it is written in mrkdwn. */
export interface Style {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
  readonly href?: string;
}

/** A paragraph, one item of a list, or a block of code. */
export interface Part {
  readonly kind: 'text' | 'quote' | 'code';
  /** What stands before the words: a bullet or a number, with its indentation. */
  readonly prefix: string;
  readonly runs: readonly Run[];
  /** An empty line stands before it. */
  readonly apart: boolean;
}

/** Where a part stands: in which list, in a quotation. */
interface Place {
  readonly depth: number;
  readonly quoted: boolean;
}

/** Markdown as a flat list of parts. Whatever has no part of its own is the text that it was. */
export function partsOf(markdown: string): readonly Part[] {
  return blocks(lexer(markdown), { depth: 0, quoted: false });
}

/** The words of some runs, without their style. */
export function textOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('');
}

function blocks(tokens: readonly Token[], place: Place): readonly Part[] {
  return tokens.flatMap((token) => block(token, place));
}

function block(token: Token, place: Place): readonly Part[] {
  switch (token.type) {
    case 'space':
    case 'def':
    case 'hr':
      return [];
    case 'list':
      return listParts(token as Tokens.List, place);
    case 'blockquote':
      return blocks((token as Tokens.Blockquote).tokens, { ...place, quoted: true });
    case 'heading':
      return [part(place, inline(inside(token), { bold: true }))];
    case 'code':
      return [{ ...part(place, [{ text: (token as Tokens.Code).text }]), kind: 'code' }];
    case 'table':
      return [{ ...part(place, [{ text: token.raw.trimEnd() }]), kind: 'code' }];
    case 'html':
      return [part(place, [{ text: token.raw.trim() }])];
    default:
      return [part(place, inline(token.type === 'paragraph' ? inside(token) : [token], {}))];
  }
}

function part({ depth, quoted }: Place, runs: readonly Run[]): Part {
  return { kind: quoted ? 'quote' : 'text', prefix: indentOf(depth), runs, apart: true };
}

/** Deeper lists stand no further right. */
function indentOf(depth: number): string {
  return '    '.repeat(Math.min(depth, 3));
}

function listParts({ ordered, start, items, loose }: Tokens.List, place: Place): readonly Part[] {
  const indent = indentOf(place.depth);
  return items.flatMap((item, i) => {
    const bullet = ordered ? `${(start === '' ? 1 : start) + i}.` : place.depth === 0 ? '•' : '◦';
    const [first, ...rest] = blocks(itemTokens(item), { ...place, depth: place.depth + 1 });
    const head = first ?? part(place, []);
    const apart = i === 0 ? place.depth === 0 : loose && place.depth === 0;
    // A list that begins an item stands behind two bullets.
    const prefix = `${indent}${bullet} ${head.prefix.trimStart()}`.slice(0, 40);
    return [{ ...head, prefix, apart }, ...rest.map((one) => ({ ...one, apart: false }))];
  });
}

/** What a tight item says is one paragraph, though marked gives its pieces one by one (a checkbox, and the words). */
function itemTokens({ tokens }: Tokens.ListItem): readonly Token[] {
  const from = tokens.findIndex(({ type }) => type !== 'checkbox');
  const [box] = from > 0 ? tokens : [];
  const rest = tokens.slice(Math.max(from, 0));
  if (!box) return rest;
  const mark = { type: 'text', raw: '', text: (box as Tokens.Checkbox).checked ? '☑ ' : '☐ ' };
  const [words, ...more] = rest;
  return [{ type: 'paragraph', raw: '', text: '', tokens: [mark, ...(words ? inside(words) : [])] }, ...more];
}

function inside(token: Token): readonly Token[] {
  return 'tokens' in token && token.tokens ? token.tokens : [];
}

function inline(tokens: readonly Token[], style: Style): readonly Run[] {
  return joined(tokens.flatMap((token) => run(token, style)));
}

/** Neighbours of one style are one run: marked takes every escaped sign apart. */
function joined(runs: readonly Run[]): readonly Run[] {
  const all: Run[] = [];
  for (const one of runs) {
    const last = all.at(-1);
    if (last && isSameStyle(last, one)) all[all.length - 1] = { ...last, text: last.text + one.text };
    else all.push(one);
  }
  return all;
}

function isSameStyle(a: Style, b: Style): boolean {
  return (['bold', 'italic', 'strike', 'code', 'href'] as const).every((name) => a[name] === b[name]);
}

function run(token: Token, style: Style): readonly Run[] {
  const text = 'text' in token ? String(token.text) : token.raw;
  switch (token.type) {
    case 'text':
      return inside(token).length > 0 ? inline(inside(token), style) : [{ ...style, text: unescaped(text) }];
    case 'strong':
      return inline(inside(token), { ...style, bold: true });
    case 'em':
      return inline(inside(token), { ...style, italic: true });
    case 'del':
      return inline(inside(token), { ...style, strike: true });
    case 'codespan':
      return [{ ...style, text, code: true }];
    case 'escape':
      return [{ ...style, text }];
    case 'br':
      return [{ ...style, text: '\n' }];
    case 'link':
    case 'image':
      return linkRuns(token as Tokens.Link | Tokens.Image, style);
    default:
      return [{ ...style, text: token.raw }];
  }
}

/** Longer ones do not fit beside their words. UTF-16 units. */
const longestAddress = 1_000;

function linkRuns(token: Tokens.Link | Tokens.Image, style: Style): readonly Run[] {
  const href = addressOf(token.href);
  if (href === null || href.length > longestAddress) return [{ ...style, text: token.raw }];
  const words = inline(token.tokens, { ...style, href });
  return textOf(words).trim() === '' ? [{ ...style, text: token.href, href }] : words;
}

/** An address that leads to a page or a mailbox, as it is written in mrkdwn; null: it is none. */
export function addressOf(link: string): string | null {
  const url = URL.parse(link);
  if (!url || !['http:', 'https:', 'mailto:'].includes(url.protocol)) return null;
  return url.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('&', '&amp;');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** A line of the source ends where Slack ends it: only a hard break is one. */
function unescaped(text: string): string {
  return text
    .replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/[^\S\n]*\n/g, ' ');
}
