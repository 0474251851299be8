import type { WireBlock, WireInline, WireLeaf } from '../../domain/direct-line.ts';
import { el } from './dom.ts';

type Children = readonly (Node | string)[];

/** Draws blocks by allow-list: whatever they hold is text, and a link leads to a page or a mailbox. */
export function nodesOf(blocks: readonly WireBlock[]): Children {
  const lists = new OpenLists();
  for (const block of blocks) {
    if ('quote' in block) lists.addQuote(block.quote);
    else lists.addLeaf(block);
  }
  return lists.nodes;
}

/** Puts flat blocks back into the lists they stand in. */
class OpenLists {
  readonly nodes: Node[] = [];
  /** The outermost first; each one's last item is where what follows goes. */
  #open: HTMLElement[] = [];

  addLeaf(leaf: WireLeaf): void {
    const { depth = 0, markers = [] } = leaf;
    this.#open.length = Math.min(this.#open.length, depth);
    markers.forEach((marker, i) => this.#beginItem(depth - markers.length + i, marker));
    this.#add(
      leaf.code ? el('pre', {}, el('code', {}, ...textOf(leaf.inlines))) : el('p', {}, ...textOf(leaf.inlines)),
    );
  }

  /** A quotation goes on an item where it begins none. */
  addQuote(blocks: readonly WireBlock[]): void {
    const [first] = blocks;
    const depth = first && !('quote' in first) && !first.markers ? (first.depth ?? 0) : 0;
    this.#open.length = Math.min(this.#open.length, depth);
    this.#add(el('blockquote', {}, ...nodesOf(blocks.map((block) => raised(block, this.#open.length)))));
  }

  #beginItem(place: number, marker: number | null): void {
    const level = Math.min(place, this.#open.length);
    const tag = marker === null ? 'ul' : 'ol';
    let list = this.#open[level];
    if (list?.localName !== tag) {
      list = el(tag);
      this.#open.length = level;
      this.#add(list);
    }
    this.#open.length = level;
    this.#open.push(list);
    list.append(el('li', marker === null ? {} : { value: String(marker) }));
  }

  #add(node: Node): void {
    const item = this.#open.at(-1)?.lastElementChild;
    if (item) item.append(node);
    else this.nodes.push(node);
  }
}

function raised(block: WireBlock, by: number): WireBlock {
  if ('quote' in block) return { quote: block.quote.map((one) => raised(one, by)) };
  return { ...block, depth: Math.max(0, (block.depth ?? 0) - by) };
}

function textOf(inlines: readonly WireInline[]): Children {
  return inlines.flatMap((inline): Children => {
    if (typeof inline === 'string') return lines(inline);
    let nodes: Children = inline.code ? [el('code', {}, inline.text)] : lines(inline.text);
    if (inline.strike) nodes = [el('s', {}, ...nodes)];
    if (inline.italic) nodes = [el('em', {}, ...nodes)];
    if (inline.bold) nodes = [el('strong', {}, ...nodes)];
    return inline.href !== undefined && isSafe(inline.href) ? [linkTo(inline.href, nodes)] : nodes;
  });
}

const lines = (text: string): Children => text.split('\n').flatMap((line, i) => (i === 0 ? [line] : [el('br'), line]));

/** Whether a link leads to a page or a mailbox, by its whole address. */
export const isSafe = (href: string): boolean => /^(https?|mailto):/.test(protocolOf(href));

function protocolOf(href: string): string {
  try {
    return new URL(href).protocol;
  } catch {
    return '';
  }
}

/** A link that opens beside the page and tells it nothing. */
export const linkTo = (href: string, children: Children): HTMLElement =>
  el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children);
