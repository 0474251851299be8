import type { Token, Tokens } from 'marked';
import { el } from './dom.ts';

type Children = readonly (Node | string)[];

/** Turns marked's tokens into nodes by allow-list; whatever is not on it is shown as the text it was. */
export const nodesOf = (tokens: readonly Token[]): Children => tokens.map(nodeOf);

const inside = (token: Token): Children => ('tokens' in token && token.tokens ? nodesOf(token.tokens) : [token.raw]);

function nodeOf(token: Token): Node | string {
  switch (token.type) {
    case 'space':
    case 'def':
      return '';
    case 'text':
      return 'tokens' in token && token.tokens
        ? el('span', {}, ...inside(token))
        : unescaped((token as Tokens.Text).text);
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'br':
    case 'hr':
      return el(token.type);
    case 'strong':
    case 'em':
    case 'blockquote':
      return el(token.type, {}, ...inside(token));
    case 'paragraph':
      return el('p', {}, ...inside(token));
    case 'heading':
      return el('p', {}, el('strong', {}, ...inside(token)));
    case 'codespan':
      return el('code', {}, (token as Tokens.Codespan).text);
    case 'code':
      return el('pre', {}, el('code', {}, (token as Tokens.Code).text));
    case 'list':
      return listOf(token as Tokens.List);
    case 'link':
      return linkOf(token as Tokens.Link);
    case 'table':
      return el('pre', {}, token.raw);
    default:
      return 'block' in token && token.block ? el('p', {}, token.raw) : token.raw;
  }
}

function listOf({ ordered, start, items }: Tokens.List): Node {
  const lines = items.map((item) => el('li', {}, ...inside(item)));
  if (!ordered) return el('ul', {}, ...lines);
  const list = el('ol', {}, ...lines);
  list.start = start === '' ? 1 : start;
  return list;
}

function linkOf(token: Tokens.Link): Node | string {
  return isSafe(token.href) ? linkTo(token.href, inside(token)) : token.raw;
}

/** Whether a link leads to a page or a mailbox, by its whole address. */
export const isSafe = (href: string): boolean =>
  URL.canParse(href) && ['http:', 'https:', 'mailto:'].includes(new URL(href).protocol);

/** A link that opens beside the page and tells it nothing. */
export const linkTo = (href: string, children: Children): HTMLElement =>
  el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children);

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => entities[name] ?? whole);
