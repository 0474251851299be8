import type { Wire } from '../wire.ts';
import type { Reply } from '../../domain/reply.ts';
import { ellipsize } from '../../domain/truncate.ts';
import type { BlockNode } from '../../markdown/ast.ts';
import { plainTextOf } from '../../markdown/plain-text.ts';
import { readMarkdown } from '../../markdown/read-markdown.ts';
import { bodyOf, cardType, needsCard, replyCard, type Footer } from './cards.ts';
import { articlesIn, citing, sourcesOf } from './citations.ts';
import type { Drawing } from './drawing.ts';
import { fits, splitMessage, type MessageText } from './split-message.ts';

/** For notifications. */
const longestSummary = 200;

/** What Teams has a control of its own for. */
const judgements = ['yes', 'no'];

/** The reply of the activity `seq` as activities of Teams, in order; the buttons are on the last one. Longer words make more of them. */
export function render(reply: Reply, seq: number, how: Drawing): readonly Wire[] {
  const offered = offeredIn(reply, how);
  return withControl(activitiesOf(offered, { seq, labels: labelsOf(offered) }, how), reply, how);
}

/** The last of these activities without its buttons, and with what was chosen; null: nothing was. */
export function withoutButtons(reply: Reply, chosen: string | null, how: Drawing): Wire {
  return withControl(activitiesOf(offeredIn(reply, how), { chosen }, how), reply, how).at(-1) ?? {};
}

/** Whether the last one has buttons of ours. */
export function hasButtons(reply: Reply, how: Drawing): boolean {
  return offeredIn(reply, how).actions.length > 0;
}

/** Whether Teams draws a control of its own below it. What was asked by an older version is not known well enough. */
function hasControl(reply: Reply, { feedback }: Drawing): boolean {
  return feedback !== 'buttons' && reply.kind === 'feedback' && reply.rates !== undefined;
}

function offeredIn(reply: Reply, how: Drawing): Reply {
  if (!hasControl(reply, how)) return reply;
  return { ...reply, actions: reply.actions.filter(({ means }) => !judgements.includes(means)) };
}

/** Below the last one: it is the one whose name we are told. */
function withControl(activities: readonly Wire[], reply: Reply, how: Drawing): readonly Wire[] {
  const last = activities.at(-1);
  if (!last || !hasControl(reply, how)) return activities;
  return [...activities.slice(0, -1), { ...last, channelData: { feedbackLoop: { type: how.feedback } } }];
}

/** The label that could be chosen and is `text`; null: none is. */
export function chosenOf(reply: Reply, text: unknown): string | null {
  return labelsOf(reply).find((label) => label === text) ?? null;
}

function labelsOf({ actions }: Reply): readonly string[] {
  return actions.map(({ label }) => label);
}

function activitiesOf(reply: Reply, footer: Footer, { words }: Drawing): readonly Wire[] {
  const whole = readMarkdown(reply.text);
  if (!needsCard(reply)) return citedMessages(whole, reply.kind);
  const told = words();
  const plain = plainTextOf(whole);
  const summary = ellipsize(plain, longestSummary);
  const [before, blocks] = introOf(reply, whole);
  const sources = sourcesOf(reply, told);
  const draw = (elements: readonly Wire[], below: Footer): Wire =>
    withCard(replyCard(elements, below, summary, told), summary);
  const body = fits({ plain }) ? bodyOf(reply, blocks, told) : null;
  // Judged with its buttons: a card without them stands where the one with them stood.
  const open: Footer = { seq: Number.MAX_SAFE_INTEGER, labels: labelsOf(reply) };
  if (body && fits(draw(body, open))) return [...before, ...inOrder(draw(body, footer), sources, reply)];
  const messages = messagesOf(whole);
  return reply.actions.length === 0 ? messages : [...messages, draw([], footer)];
}

/** The buttons stand below all. */
function inOrder(card: Wire, sources: Wire | null, { actions }: Reply): readonly Wire[] {
  if (!sources) return [card];
  return actions.length > 0 ? [sources, card] : [card, sources];
}

/** The line above steps that names their article is a message of its own, which cites it; the rest is the card. */
function introOf({ kind }: Reply, blocks: readonly BlockNode[]): readonly [readonly Wire[], readonly BlockNode[]] {
  const [intro, ...rest] = blocks;
  const citations = kind === 'steps' && intro && rest.length > 0 ? articlesIn([intro]) : [];
  if (!intro || citations.length === 0) return [[], blocks];
  const [line, ...more] = messagesOf([intro]);
  return line && more.length === 0 ? [[citing(line, citations)], rest] : [[], blocks];
}

/** What a person writes cites nothing. */
function citedMessages(blocks: readonly BlockNode[], kind: Reply['kind']): readonly Wire[] {
  const [first, ...more] = messagesOf(blocks);
  if (!first || more.length > 0 || kind !== 'text') return [...(first ? [first] : []), ...more];
  return [citing(first, articlesIn(blocks))];
}

function messagesOf(blocks: readonly BlockNode[]): readonly Wire[] {
  return splitMessage(blocks, message).map(message);
}

function message({ markdown, plain }: MessageText): Wire {
  return { type: 'message', textFormat: 'markdown', text: markdown, summary: ellipsize(plain, longestSummary) };
}

/** Without `text`: Teams would make two messages of it, and give no id for either. */
function withCard(content: Wire, summary: string): Wire {
  const attachment = { contentType: cardType, content };
  return { type: 'message', summary, attachments: [attachment] };
}
