import type { Wire } from '../wire.ts';
import type { Reply } from '../../domain/reply.ts';
import { ellipsize } from '../../domain/truncate.ts';
import type { BlockNode } from '../../markdown/ast.ts';
import { plainTextOf } from '../../markdown/plain-text.ts';
import { readMarkdown } from '../../markdown/read-markdown.ts';
import { bodyOf, cardOf, needsCard, type Footer } from './cards.ts';
import { fits, splitMessage, type MessageText } from './split-message.ts';

/** For notifications. */
const longestSummary = 200;

/** The reply of the activity `seq` as activities of Teams, in order; the buttons are on the last one. Longer words make more of them. */
export function render(reply: Reply, seq: number): readonly Wire[] {
  return activitiesOf(reply, { seq, labels: labelsOf(reply) });
}

/** The last of these activities without its buttons, and with what was chosen; null: nothing was. */
export function withoutButtons(reply: Reply, chosen: string | null): Wire {
  return activitiesOf(reply, { chosen }).at(-1) ?? {};
}

/** The label that could be chosen and is `text`; null: none is. */
export function chosenOf(reply: Reply, text: unknown): string | null {
  return labelsOf(reply).find((label) => label === text) ?? null;
}

function labelsOf({ actions }: Reply): readonly string[] {
  return actions.map(({ label }) => label);
}

function activitiesOf(reply: Reply, footer: Footer): readonly Wire[] {
  const blocks = readMarkdown(reply.text);
  if (!needsCard(reply)) return messagesOf(blocks);
  const plain = plainTextOf(blocks);
  const body = fits({ plain }) ? bodyOf(reply, blocks) : null;
  // Judged with its buttons: a card without them stands where the one with them stood.
  const open: Footer = { seq: Number.MAX_SAFE_INTEGER, labels: labelsOf(reply) };
  if (body && fits(withCard(cardOf(body, open), plain))) return [withCard(cardOf(body, footer), plain)];
  const words = messagesOf(blocks);
  return reply.actions.length === 0 ? words : [...words, withCard(cardOf([], footer), plain)];
}

function messagesOf(blocks: readonly BlockNode[]): readonly Wire[] {
  return splitMessage(blocks, message).map(message);
}

function message({ markdown, plain }: MessageText): Wire {
  return { type: 'message', textFormat: 'markdown', text: markdown, summary: ellipsize(plain, longestSummary) };
}

/** Without `text`: Teams would make two messages of it, and give no id for either. */
function withCard(content: Wire, plain: string): Wire {
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content };
  return { type: 'message', summary: ellipsize(plain, longestSummary), attachments: [attachment] };
}
