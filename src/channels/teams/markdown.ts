/** A part of a reply's Markdown, inline marks left as they are. */
export type Block =
  | { readonly is: 'paragraph'; readonly text: string }
  | { readonly is: 'quote'; readonly lines: readonly string[] }
  /** `level` 0 is the outermost list. */
  | { readonly is: 'item'; readonly mark: string; readonly level: number; readonly text: string };

const item = /^(\s{0,20})(?:(\d{1,4})[.)]|[-*+])\s+(.*)$/;
const quoted = /^\s{0,3}>\s?(.*)$/;

/** Splits Markdown into paragraphs, quotes and list items. No word is left out, whatever it holds. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open = false;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const last = open ? blocks.at(-1) : undefined;
    const block = blockOf(line, last);
    open = block !== null;
    if (!block) continue;
    if (last && goesOn(last, line)) blocks.pop();
    blocks.push(block);
    // Two spaces at its end break the line.
    if (block.is === 'paragraph' && line.endsWith('  ')) open = false;
  }
  return blocks;
}

/** The block of a line, joined with the one that it goes on; null: an empty line. */
function blockOf(line: string, last: Block | undefined): Block | null {
  if (line.trim() === '') return null;
  const [, quote] = quoted.exec(line) ?? [];
  if (quote !== undefined) return { is: 'quote', lines: [...(last?.is === 'quote' ? last.lines : []), quote] };
  const [, indent = '', number, text] = item.exec(line) ?? [];
  if (text !== undefined)
    return { is: 'item', mark: number === undefined ? '•' : `${number}.`, level: indent.length < 2 ? 0 : 1, text };
  const words = line.trim().replace(/^#{1,6}\s+/, '');
  if (!last) return { is: 'paragraph', text: words };
  if (last.is === 'quote') return { is: 'quote', lines: [...last.lines, words] };
  return { ...last, text: `${last.text} ${words}` };
}

function goesOn(last: Block, line: string): boolean {
  if (quoted.test(line)) return last.is === 'quote';
  return !item.test(line);
}

/** Markdown without its marks, on one line. */
export function plain(markdown: string): string {
  return (
    markdown
      .replaceAll(/\[([^[\]]{0,500})\]\([^()\s]{0,2000}\)/g, '$1')
      .replaceAll(/^[\s>#]*(?:[-*+]\s)?/gm, '')
      // Of what is escaped the sign stays.
      .replaceAll(/\\([^\p{L}\p{N}\s])|\*{1,2}/gu, '$1')
      .replaceAll(/\s+/g, ' ')
      .trim()
  );
}

/** Text in which links lead to pages and mailboxes only; of others their words stay. */
export function safeLinks(markdown: string): string {
  return markdown.replaceAll(/\[([^[\]]{0,500})\]\(([^()\s]{0,2000})\)/g, (whole, label: string, href: string) =>
    isSafe(href) ? whole : label,
  );
}

/** Whether an address leads to a page or a mailbox. */
export function isSafe(href: string): boolean {
  return ['http:', 'https:', 'mailto:'].includes(URL.parse(href)?.protocol ?? '');
}
