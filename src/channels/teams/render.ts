import type { StoredActivity, Wire } from '../../domain/ports.ts';
import { shortened } from '../../domain/shortened.ts';
import { buttonCard, cardOf, needsCard, type Below } from './cards.ts';
import { plain, safeLinks } from './markdown.ts';
import { fits, piecesOf } from './pieces.ts';
import { readStored, type StoredReply } from './stored-reply.ts';

const longestSummary = 200;

/** A stored reply as activities of Teams, in order; the buttons are on the last one. Longer words make more of them. */
export function render({ seq, activity }: StoredActivity): Wire[] {
  const reply = readStored(activity);
  return drawn(reply, { seq, labels: reply.labels });
}

/** The last of these activities without its buttons, and with what was chosen. */
export function settled(activity: Wire, chosen: string | null): Wire {
  const reply = readStored(activity);
  return drawn(reply, { chosen }).at(-1) ?? {};
}

/** The labels that could be chosen, and which one is `text`; null: none. */
export function chosenOf(activity: Wire, text: unknown): string | null {
  return readStored(activity).labels.find((label) => label === text) ?? null;
}

function drawn(reply: StoredReply, below: Below): Wire[] {
  if (!needsCard(reply)) return messagesOf(reply.text);
  const summary = summaryOf(reply.text);
  // Judged with its buttons: a card without them stands where the one with them stood.
  if (fits(withCard(cardOf(reply, { seq: Number.MAX_SAFE_INTEGER, labels: reply.labels }), summary)))
    return [withCard(cardOf(reply, below), summary)];
  const words = messagesOf(reply.text);
  return reply.labels.length === 0 ? words : [...words, withCard(buttonCard(below), summary)];
}

function messagesOf(text: string): Wire[] {
  return piecesOf(safeLinks(text), message).map(message);
}

/** HTML is shown as it was written, not obeyed. */
function message(markdown: string): Wire {
  const text = markdown.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return { type: 'message', textFormat: 'markdown', text, summary: summaryOf(markdown) };
}

/** Without `text`: Teams would make two messages of it, and give no id for either. */
function withCard(content: Wire, summary: string): Wire {
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content };
  return { type: 'message', summary, attachments: [attachment] };
}

/** For notifications. */
function summaryOf(text: string): string {
  return shortened(plain(text), longestSummary);
}
