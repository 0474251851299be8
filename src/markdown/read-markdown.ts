import { lexer, type Token, type Tokens } from 'marked';
import type { BlockNode, LeafBlock } from './ast.ts';
import { readInlines, tokensIn } from './read-inlines.ts';

/** Markdown as blocks. No word is lost: what has no block of its own is the text that it was. */
export function readMarkdown(markdown: string): readonly BlockNode[] {
  try {
    return readBlocks(lexer(markdown), 0);
  } catch {
    // Nested so deep that marked gives up: the text as it was.
    return [{ ...leaf(0), inlines: [{ text: markdown }] }];
  }
}

function readBlocks(tokens: readonly Token[], depth: number): readonly BlockNode[] {
  return tokens.flatMap((token) => readBlock(token, depth));
}

function readBlock(token: Token, depth: number): readonly BlockNode[] {
  switch (token.type) {
    case 'space':
    case 'def':
    case 'hr':
      return [];
    case 'list':
      return readList(token as Tokens.List, depth);
    case 'blockquote': {
      const blocks = readBlocks(tokensIn(token), depth);
      return blocks.length > 0 ? [{ type: 'quote', blocks }] : [];
    }
    case 'heading':
      return [{ ...leaf(depth), inlines: readInlines(tokensIn(token), { bold: true }) }];
    case 'code':
      return [code(depth, (token as Tokens.Code).text)];
    case 'table':
      return [code(depth, token.raw.trimEnd())];
    case 'html':
      return [{ ...leaf(depth), inlines: [{ text: token.raw.trim() }] }];
    default:
      return [paragraph(depth, token.type === 'paragraph' ? tokensIn(token) : [token])];
  }
}

function leaf(depth: number): Omit<LeafBlock, 'inlines'> {
  return { type: 'paragraph', depth, markers: [], tight: false };
}

function paragraph(depth: number, tokens: readonly Token[]): LeafBlock {
  return { ...leaf(depth), inlines: readInlines(tokens) };
}

function code(depth: number, text: string): LeafBlock {
  return { ...leaf(depth), type: 'code', inlines: [{ text }] };
}

function readList({ items, ordered, loose }: Tokens.List, depth: number): readonly BlockNode[] {
  let last: number | null = null;
  return items.flatMap((item, i) => {
    const number = ordered ? numberOf(item, last) : null;
    last = number;
    const isTight = depth > 0 || (i > 0 && !loose);
    const blocks = readBlocks(itemTokens(item), depth + 1);
    return beginItem(blocks.length > 0 ? blocks : [paragraph(depth + 1, [])], number, isTight);
  });
}

/** The number that an item is written with; a list that does not count up is counted on, as Markdown has it. */
function numberOf({ raw }: Tokens.ListItem, last: number | null): number {
  const written = Number.parseInt(raw, 10) || 0;
  return last === null ? written : Math.max(written, last + 1);
}

/** Sets the item's marker before its first leaf, and the others right below. */
function beginItem(blocks: readonly BlockNode[], marker: number | null, isTight: boolean): readonly BlockNode[] {
  let isFirst = true;
  const set = (block: BlockNode): BlockNode => {
    if (block.type === 'quote') return { ...block, blocks: block.blocks.map(set) };
    const [markers, tight] = isFirst ? [[marker, ...block.markers], isTight] : [block.markers, true];
    isFirst = false;
    return { ...block, markers, tight };
  };
  return blocks.map(set);
}

/** A checkbox is a sign in front of the item's words; marked gives them one by one. */
function itemTokens({ tokens }: Tokens.ListItem): readonly Token[] {
  const box = tokens.find(({ type }) => type === 'checkbox') as Tokens.Checkbox | undefined;
  if (!box) return tokens;
  const sign = { type: 'text', raw: '', text: box.checked ? '☑ ' : '☐ ' };
  const [words, ...more] = tokens.filter((token) => token !== box);
  const isText = words?.type === 'text' || words?.type === 'paragraph';
  const first = { type: 'paragraph', raw: '', text: '', tokens: isText ? [sign, ...tokensIn(words)] : [sign] };
  return [first, ...(words && !isText ? [words] : []), ...more];
}
