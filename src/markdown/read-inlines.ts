import type { Token, Tokens } from 'marked';
import type { InlineNode, InlineStyle } from './ast.ts';
import { joinInlines, textOf } from './inlines.ts';
import { safeAddress } from './safe-address.ts';

/** Marked's tokens of words as inlines. What has no style of its own, such as HTML, is the text that it was. */
export function readInlines(tokens: readonly Token[], style: InlineStyle = {}): readonly InlineNode[] {
  return joinInlines(tokens.flatMap((token) => readToken(token, style)));
}

/** The tokens inside of a token. */
export function tokensIn(token: Token): readonly Token[] {
  return 'tokens' in token && token.tokens ? token.tokens : [];
}

function readToken(token: Token, style: InlineStyle): readonly InlineNode[] {
  const text = 'text' in token ? String(token.text) : token.raw;
  switch (token.type) {
    case 'text':
      return tokensIn(token).length > 0 ? readInlines(tokensIn(token), style) : [{ ...style, text: wordsOf(text) }];
    case 'strong':
      return readInlines(tokensIn(token), { ...style, bold: true });
    case 'em':
      return readInlines(tokensIn(token), { ...style, italic: true });
    case 'del':
      return readInlines(tokensIn(token), { ...style, strike: true });
    case 'codespan':
      return [{ ...style, text, code: true }];
    case 'escape':
      return [{ ...style, text }];
    case 'br':
      return [{ ...style, text: '\n' }];
    case 'link':
    case 'image':
      return readLink(token as Tokens.Link | Tokens.Image, style);
    default:
      return [{ ...style, text: token.raw }];
  }
}

/** An image is a link to it; what leads nowhere is what was written. */
function readLink(token: Tokens.Link | Tokens.Image, style: InlineStyle): readonly InlineNode[] {
  const href = safeAddress(decoded(token.href));
  if (href === null) return [{ ...style, text: token.raw }];
  const label = readInlines(token.tokens, { ...style, href });
  return textOf(label).trim() === '' ? [{ ...style, text: token.href, href }] : label;
}

/** The end of a line in the source is none where it is read: only a hard break is one. */
function wordsOf(text: string): string {
  return decoded(text).replaceAll(/(?<![^\S\n])[^\S\n]*\n/g, ' ');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => entities[name] ?? whole);
}
