import type { ActionsBlock, Button, ContextBlock, HeaderBlock, KnownBlock, SectionBlock } from '@slack/types';
import { z } from 'zod/v4';
import type { Wire } from '../../domain/ports.ts';
import { actionIdOf } from './actions.ts';
import { addressOf, partsOf, textOf, type Part } from './markdown.ts';
import { escaped, fitted, mrkdwnOf } from './mrkdwn.ts';
import { firstOf, shortened } from '../../domain/shortened.ts';
import { slackWords, type SlackWords } from './words.ts';

/** A message as Slack takes it; `text` is for notifications and screen readers. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** What a channel draws of a stored activity. */
const drawable = z.looseObject({
  text: z.string().catch(''),
  suggestedActions: z
    .looseObject({ actions: z.array(z.looseObject({ title: z.string(), value: z.string().optional() })) })
    .optional(),
  channelData: z
    .looseObject({
      latchkey: z
        .looseObject({
          kind: z.string(),
          ticket: z.string().optional(),
          person: z.string().optional(),
          article: z.looseObject({ url: z.string() }).optional(),
        })
        .optional(),
    })
    .optional(),
});
type Details = NonNullable<NonNullable<z.infer<typeof drawable>['channelData']>['latchkey']>;

/** Slack's limits in characters, and ours: all blocks of a message together are refused from about 13,200 on. */
export const limits = {
  section: 3_000,
  header: 150,
  button: 75,
  value: 2_000,
  buttons: 25,
  blocks: 50,
  /** Of the blocks as JSON. */
  message: 12_000,
  /** Of the plain text. */
  text: 4_000,
} as const;

/** A stored reply as one message, or as several where it is long; the buttons stand under the last. */
export function render(activity: Wire, words: SlackWords = slackWords): readonly SlackMessage[] {
  const { text, suggestedActions, channelData } = drawable.parse(activity);
  const blocks = [
    ...bodyBlocks(partsOf(text), channelData?.latchkey, words),
    ...buttonBlocks(suggestedActions?.actions ?? []),
  ];
  const messages = packed(blocks).map((some) => ({ text: plain(some, text), blocks: some }));
  return messages.length > 0 ? messages : [{ text: '…', blocks: [] }];
}

/** The last message of a reply without its buttons. */
export function settled(activity: Wire, words?: SlackWords): SlackMessage {
  const last = render(activity, words).at(-1);
  const blocks = last?.blocks.filter(({ type }) => type !== 'actions') ?? [];
  return { text: last?.text ?? '…', blocks: blocks.length > 0 ? blocks : [contextOf('…')] };
}

function bodyBlocks(parts: readonly Part[], details: Details | undefined, words: SlackWords): readonly KnownBlock[] {
  const title = details?.kind === 'verdict' ? titleOf(parts[0]) : null;
  const rest = title ? [title.rest, ...parts.slice(1)] : parts;
  return [
    ...(details?.kind === 'person' ? [contextOf(`*${escaped(details.person ?? '')}* · ${words.person}`)] : []),
    ...(details?.kind === 'ticket' && details.ticket ? [headerOf(details.ticket)] : []),
    ...(title ? [headerOf(title.text)] : []),
    ...partBlocks(rest, (part) => isAsideIn(details, part)),
  ];
}

/** As many parts in a section as fit; what is said aside stands by itself. */
function partBlocks(parts: readonly Part[], isAside: (part: Part) => boolean): readonly KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let section = '';
  const close = () => {
    if (section.trim() !== '') blocks.push(sectionOf(section));
    section = '';
  };
  for (const part of parts.flatMap((whole) => fitted(whole, limits.section))) {
    const text = mrkdwnOf(part);
    const aside = isAside(part);
    if (aside || section.length + text.length + 2 > limits.section) close();
    if (aside) blocks.push(contextOf(text));
    else section += section === '' ? text : `${part.apart ? '\n\n' : '\n'}${text}`;
  }
  close();
  return blocks;
}

/** The bold words that a verdict begins with, and the rest of their paragraph. */
function titleOf(part: Part | undefined): { readonly text: string; readonly rest: Part } | null {
  const [first, ...rest] = part?.runs ?? [];
  if (part?.kind !== 'text' || part.prefix !== '' || !first?.bold || first.href) return null;
  // A header is plain text, for which Slack says nothing of how these are written.
  if (first.text.length > limits.header || first.text.trim() === '' || /[<>&\n]/.test(first.text)) return null;
  const [next, ...others] = rest;
  return {
    text: first.text,
    rest: { ...part, runs: next ? [{ ...next, text: next.text.trimStart() }, ...others] : [] },
  };
}

/** Where a verdict says when it was read from what, and where steps say from which article they are. */
function isAsideIn(details: Details | undefined, { runs, prefix, kind }: Part): boolean {
  if (kind !== 'text' || prefix !== '' || textOf(runs).trim() === '') return false;
  if (details?.kind === 'verdict') return runs.every(({ italic }) => italic);
  const article = details?.kind === 'steps' ? addressOf(details.article?.url ?? '') : null;
  return article !== null && runs.some(({ href }) => href === article);
}

function buttonBlocks(actions: readonly { readonly title: string; readonly value?: string | undefined }[]) {
  const blocks: ActionsBlock[] = [];
  let elements: Button[] = [];
  actions.forEach(({ title, value = title }, i) => {
    const button = buttonOf(title, value, i);
    const isFull = elements.length === limits.buttons || lengthOf([...elements, button]) > limits.message / 2;
    if (isFull && elements.length > 0) elements = [];
    if (elements.length === 0) blocks.push({ type: 'actions', elements });
    elements.push(button);
  });
  return blocks;
}

function buttonOf(title: string, value: string, i: number): Button {
  const text = { type: 'plain_text', text: shortened(title, limits.button), emoji: false } as const;
  return { type: 'button', text, value: firstOf(value, limits.value), action_id: actionIdOf(i) };
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

function lengthOf(value: unknown): number {
  return JSON.stringify(value).length;
}

/** What the blocks say; where they are only buttons, what the reply says. */
function plain(blocks: readonly KnownBlock[], whole: string): string {
  const texts = blocks.flatMap((block) => {
    if (block.type === 'section' && block.text) return [block.text.text];
    if (block.type === 'header') return [escaped(block.text.text)];
    return block.type === 'context' ? block.elements.map((one) => ('text' in one ? one.text : '')) : [];
  });
  const text = texts.length > 0 ? texts.join('\n\n') : escaped(whole);
  // Links as their words, for what is cut off must not leave half a link or half a sign.
  const words = text.replaceAll(/<[^<>|]{1,4000}\|([^<>]{0,4000})>/g, '$1');
  return firstOf(words, limits.text).replace(/&[a-z]{0,3}$/, '') || '…';
}

// Verbatim: Slack makes no links, channels or mentions of what only looks like one.
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true }) as const;
/** A paragraph. Expanded: an answer is not hidden behind “See more”. */
export const sectionOf = (text: string): SectionBlock => ({ type: 'section', text: mrkdwn(text), expand: true });
const contextOf = (text: string): ContextBlock => ({ type: 'context', elements: [mrkdwn(text)] });
const headerOf = (text: string): HeaderBlock => ({ type: 'header', text: { type: 'plain_text', text, emoji: false } });
