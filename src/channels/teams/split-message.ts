import type { Wire } from '../wire.ts';
import type { BlockNode, LeafBlock } from '../../markdown/ast.ts';
import { splitBlock } from '../../markdown/cut.ts';
import { sliceInlines, textOf } from '../../markdown/inlines.ts';
import { plainTextOf } from '../../markdown/plain-text.ts';
import { messageMarkdown, separatorOf } from './message-markdown.ts';

/** Teams takes 28 KB, and counts up to 40 KB as UTF-16; some of it is left for what the connector adds. Bytes. */
const mostBytes = { utf8: 26_000, utf16: 36_000 };
/** A message that is still read. UTF-16 units. */
const longest = 8_000;

/** A message before it is drawn. */
export interface MessageText {
  readonly markdown: string;
  /** What it says, on one line. */
  readonly plain: string;
}

/** Whether Teams takes an activity of this size. */
export function fits(activity: Wire): boolean {
  const json = JSON.stringify(activity);
  return json.length * 2 <= mostBytes.utf16 && Buffer.byteLength(json) <= mostBytes.utf8;
}

/** Blocks as few messages, each of which fits once it is drawn; a block that does not fit alone is cut. */
export function splitMessage(
  blocks: readonly BlockNode[],
  draw: (message: MessageText) => Wire,
): readonly MessageText[] {
  const isFine = (message: MessageText) => message.markdown.length <= longest && fits(draw(message));
  // Without printing what is too long anyway.
  const isFineBlock = (block: BlockNode) => plainTextOf([block]).length <= longest && isFine(messageOf(block));
  const messages: MessageText[] = [];
  let before: BlockNode | undefined;
  for (const block of blocks.flatMap((whole) => split(whole, isFineBlock))) {
    const message = messageOf(block);
    const last = messages.at(-1);
    const both = last && joined(last, separatorOf(block, before), message);
    if (both && isFine(both)) messages[messages.length - 1] = both;
    else messages.push(message);
    before = block;
  }
  return messages.filter(({ markdown }) => markdown.trim() !== '');
}

function messageOf(block: BlockNode): MessageText {
  return { markdown: messageMarkdown([block]), plain: plainTextOf([block]) };
}

function joined(a: MessageText, separator: string, b: MessageText): MessageText {
  return { markdown: a.markdown + separator + b.markdown, plain: `${a.plain} ${b.plain}`.trim() };
}

type IsFine = (block: BlockNode) => boolean;

function split(block: BlockNode, isFine: IsFine): readonly BlockNode[] {
  if (isFine(block)) return [block];
  if (block.type !== 'quote') return splitBlock(block, (rest) => (isFine(rest) ? null : roomIn(rest, isFine)));
  const quote = (one: BlockNode): BlockNode => ({ type: 'quote', blocks: [one] });
  return block.blocks.flatMap((inner) => split(inner, (one) => isFine(quote(one)))).map(quote);
}

/** How many units of a block's words fit. */
function roomIn(block: LeafBlock, isFine: IsFine): number {
  let room = Math.min(textOf(block.inlines).length, longest);
  while (room > 1 && !isFine({ ...block, inlines: sliceInlines(block.inlines, 0, room) }))
    room = Math.floor(room * 0.9);
  return room;
}
