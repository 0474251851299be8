import type { KnownBlock } from '@slack/types';
import type { Reply, TellableFinding } from '../../domain/reply.ts';
import { ellipsize, truncate } from '../../domain/truncate.ts';
import { textOf } from '../../markdown/inlines.ts';
import { leadOf } from '../../markdown/lead.ts';
import { plainTextOf } from '../../markdown/plain-text.ts';
import { readMarkdown } from '../../markdown/read-markdown.ts';
import { safeAddress } from '../../markdown/safe-address.ts';
import type { ChannelWords } from '../channel-words.ts';
import { standingOf } from '../standing.ts';
import { buttonBlocks, contextOf, feedbackBlock, headerOf, lengthOf, limits, sectionOf } from './blocks.ts';
import { escaped, fitted, flatten, mrkdwnOf, type MrkdwnBlock } from './mrkdwn.ts';

/** A message as Slack takes it; `text` is for notifications and screen readers. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** The reply of the activity `seq` as one message, or as several where it is long; the buttons stand under the last. */
export function render(reply: Reply, seq: number, words: ChannelWords): readonly SlackMessage[] {
  const blocks = [...headBlocks(reply, words), ...bodyBlocks(reply, words), ...choiceBlocks(reply, seq)];
  const messages = packed(blocks).map((some) => ({ text: notificationOf(some, reply.text), blocks: some }));
  return messages.length > 0 ? messages : [{ text: '…', blocks: [] }];
}

/** The last of these messages without its buttons, and with what was chosen; null: nothing was. */
export function withoutButtons(reply: Reply, seq: number, chosen: string | null, words: ChannelWords): SlackMessage {
  const last = render(reply, seq, words).at(-1);
  const told = last?.blocks.filter(({ type }) => type !== 'actions' && type !== 'context_actions') ?? [];
  const trace = (label: string) =>
    contextOf(escaped(words.line('channel-chose', { label: ellipsize(label, limits.button) })));
  const blocks = chosen === null ? told : [...told, trace(chosen)];
  return { text: last?.text ?? '…', blocks: blocks.length > 0 ? blocks : [contextOf('…')] };
}

/** Where an answer can be judged, Slack's own control for that stands in the place of "Yes" and "No". */
function choiceBlocks(reply: Reply, seq: number): readonly KnownBlock[] {
  const labelOf = (means: string) => reply.actions.find((one) => one.means === means)?.label;
  const [yes, no] = [labelOf('yes'), labelOf('no')];
  const isJudged = reply.kind === 'feedback' && reply.rates !== undefined && yes !== undefined && no !== undefined;
  if (!isJudged) return buttonBlocks(reply.actions.map(({ label }) => label));
  const others = reply.actions.filter(({ means }) => means !== 'yes' && means !== 'no');
  const control = feedbackBlock(seq, plainTextOf(readMarkdown(reply.text)), { yes, no });
  return [control, ...buttonBlocks(others.map(({ label }) => label))];
}

function headBlocks(reply: Reply, { line }: ChannelWords): readonly KnownBlock[] {
  if (reply.kind === 'person') return [contextOf(`*${escaped(reply.name)}* · ${line('channel-person')}`)];
  return reply.kind === 'ticket' && reply.ticket !== '' ? [headerOf(reply.ticket)] : [];
}

function bodyBlocks(reply: Reply, words: ChannelWords): readonly KnownBlock[] {
  const blocks = readMarkdown(reply.text);
  const lead = reply.kind === 'verdict' ? leadOf(blocks[0]) : null;
  const isAside = asideIn(reply);
  // A header is plain text, for which Slack says nothing of how these signs are written.
  if (!lead || lead.heading.length > limits.header || /[<>&]/.test(lead.heading))
    return [...checksOf(reply, words), ...sections(flatten(blocks), isAside)];
  return [
    headerOf(lead.heading),
    ...checksOf(reply, words),
    ...sections(flatten([lead.rest, ...blocks.slice(1)]), isAside),
  ];
}

/** What the findings of a verdict amount to, and how many checks that rests on: nothing folds away in Slack. */
function checksOf(reply: Reply, { line }: ChannelWords): readonly KnownBlock[] {
  const checks = reply.kind === 'verdict' ? reply.findings.filter(({ cause }) => cause !== 'nothing-blocks') : [];
  if (checks.length === 0) return [];
  const count = (...statuses: readonly TellableFinding['status'][]) =>
    checks.filter(({ status }) => statuses.includes(status)).length;
  const [made, failed] = [count('proved', 'possible', 'ruled-out'), count('unknown')];
  const told = [
    `*${escaped(line(`channel-amounts-${standingOf(checks)}`))}*`,
    made > 0 && escaped(line('channel-checks', { count: made })),
    failed > 0 && escaped(line('channel-checks-failed', { count: failed })),
  ];
  return [contextOf(told.filter(Boolean).join(' · '))];
}

/** As many blocks in a section as fit; what is said aside stands by itself. */
function sections(blocks: readonly MrkdwnBlock[], isAside: (block: MrkdwnBlock) => boolean): readonly KnownBlock[] {
  const done: KnownBlock[] = [];
  let section = '';
  const close = () => {
    if (section.trim() !== '') done.push(sectionOf(section));
    section = '';
  };
  for (const block of blocks.flatMap((whole) => fitted(whole, limits.section))) {
    const text = mrkdwnOf(block);
    const aside = isAside(block);
    if (aside || section.length + text.length + 2 > limits.section) close();
    if (aside) done.push(contextOf(text));
    else section += section === '' ? text : `${block.tight ? '\n' : '\n\n'}${text}`;
  }
  close();
  return done;
}

/** Where a verdict says when it was read from what, and where steps say from which article they are. */
function asideIn(reply: Reply): (block: MrkdwnBlock) => boolean {
  const article = reply.kind === 'steps' ? safeAddress(reply.article.url) : null;
  return ({ type, inlines, depth, quoted }) => {
    if (type !== 'paragraph' || quoted || depth > 0 || textOf(inlines).trim() === '') return false;
    if (reply.kind === 'verdict') return inlines.every(({ italic }) => italic);
    return article !== null && inlines.some(({ href }) => href === article);
  };
}

function packed(blocks: readonly KnownBlock[]): readonly (readonly KnownBlock[])[] {
  const messages: KnownBlock[][] = [];
  for (const block of blocks) {
    const last = messages.at(-1);
    const fits = last && last.length < limits.blocks && lengthOf([...last, block]) <= limits.message;
    if (fits) last.push(block);
    else messages.push([block]);
  }
  return messages;
}

/** What the blocks say; where they are only buttons, what the reply says. */
function notificationOf(blocks: readonly KnownBlock[], whole: string): string {
  const texts = blocks.flatMap((block) => {
    if (block.type === 'section' && block.text) return [block.text.text];
    if (block.type === 'header') return [escaped(block.text.text)];
    return block.type === 'context' ? block.elements.map((one) => ('text' in one ? one.text : '')) : [];
  });
  const text = texts.length > 0 ? texts.join('\n\n') : escaped(whole);
  // Links as their words, for what is cut off must not leave half a link or half a sign.
  const words = text.replaceAll(/<[^<>|]{1,4000}\|([^<>]{0,4000})>/g, '$1');
  return truncate(words, limits.text).replace(/&[a-z]{0,3}$/, '') || '…';
}
