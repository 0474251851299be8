import type { WireActivity } from '../../domain/direct-line.ts';
import type { NoteJson } from '../../tickets/console-json.ts';
import { el, langOf, spoken } from '../shared/dom.ts';
import { drawReply, wordsOf } from '../shared/message.ts';
import { isOwn, type Entry } from '../shared/transcript.ts';
import { en } from '../shared/words/en.ts';
import { atNode } from './time.ts';

/** One line of a conversation, and who wrote it as agents call them. */
export interface ConversationEntry {
  readonly entry: Entry;
  readonly speaker: string;
  /** It follows the same speaker's words at once, so neither name nor time are told again. */
  readonly goesOn: boolean;
  /** The ticket in whose conversation it was said, and its channel; missing: the one that is open. */
  readonly of?: string;
}

/** A note among what was said; only agents see it. */
export interface NoteEntry {
  readonly note: NoteJson;
}

/** A note as agents see it between messages. */
export function drawNote({ note: { by, at, text } }: NoteEntry): HTMLElement {
  const name = el('p', { class: 'name' }, el('bdi', {}, by.name), ' · note for agents ', atNode(at));
  return el('div', { class: 'agents-note' }, name, el('bdi', {}, text));
}

const kindOf = ({ channelData }: WireActivity): string => channelData?.latchkey?.kind ?? 'text';

/** Whether it only tells that a person came or went. */
export const isNotice = (activity: WireActivity): boolean =>
  ['person-joined', 'person-left'].includes(kindOf(activity));

/** Who wrote it; the bot is always told apart from a person. */
export function speakerOf(activity: WireActivity, customer: string): string {
  const name = activity.from?.name;
  if (isOwn(activity)) return customer;
  if (kindOf(activity) === 'person') return name ?? 'An agent';
  return name === undefined ? 'Bot' : `${name} (bot)`;
}

/** Draws a line as agents see it: the customer is not “you” here. */
export function drawConversationEntry({ entry, speaker, goesOn: same, of }: ConversationEntry): HTMLElement {
  const { activity } = entry;
  const from = of === undefined ? [] : [` · in ${of}`];
  if (isNotice(activity)) return el('div', { class: 'note' }, ...noticeWords(activity), ...from);
  const node = isOwn(activity) ? drawCustomer(entry, same ? '' : speaker) : drawOurs(entry, speaker, same);
  const { timestamp } = activity;
  if (timestamp !== undefined) node.querySelector('.name')?.append(...from, ' ', atNode(timestamp));
  return node;
}

/** In ms: a longer silence names the speaker and the time again. */
const silence = 5 * 60_000;

/** Whether a line follows the same speaker's words in the same conversation at once. */
export function goesOn({ entry, speaker, of }: ConversationEntry, before: ConversationEntry | undefined): boolean {
  if (before?.speaker !== speaker || before.of !== of || isNotice(before.entry.activity)) return false;
  const { timestamp } = before.entry.activity;
  return !(Date.parse(entry.activity.timestamp ?? '') - Date.parse(timestamp ?? '') > silence);
}

const timeOf = ({ entry }: ConversationEntry): string => entry.activity.timestamp ?? '';

/** Two conversations as one, each in its own order. */
export function byTime(
  one: readonly ConversationEntry[],
  other: readonly ConversationEntry[],
): readonly ConversationEntry[] {
  const all: ConversationEntry[] = [];
  let next = 0;
  for (const line of one) {
    for (let early = other[next]; early && timeOf(early) < timeOf(line); early = other[++next]) all.push(early);
    all.push(line);
  }
  return [...all, ...other.slice(next)];
}

/** Whether what we said was said in the same breath there too. */
export function isSaidIn(lines: readonly ConversationEntry[], line: ConversationEntry): boolean {
  const { activity } = line.entry;
  return (
    !isOwn(activity) && lines.some((one) => timeOf(one) === timeOf(line) && one.entry.activity.text === activity.text)
  );
}

function noticeWords(activity: WireActivity): readonly (Node | string)[] {
  const { text = '', from } = activity;
  if (text !== '') return wordsOf(activity);
  const joined = kindOf(activity) === 'person-joined';
  return [`${from?.name ?? 'An agent'} ${joined ? 'joined' : 'left'} the conversation.`];
}

function drawCustomer({ activity }: Entry, name: string): HTMLElement {
  const label = name === '' ? [] : [el('p', { class: 'name' }, el('bdi', {}, name))];
  const { text = '', channelData } = activity;
  const bubble = text === '' ? [] : [el('div', { class: 'bubble' }, el('bdi', langOf(text), text))];
  const pictures = channelData?.screenshots ?? [];
  return el('div', { class: 'theirs' }, ...label, ...bubble, ...pictures.map(drawScreenshot));
}

/** Small; it opens whole in a page of its own. */
function drawScreenshot(id: string): HTMLElement {
  const src = `/console/api/screenshots/${encodeURIComponent(id)}`;
  const picture = el('img', { src, alt: 'Screenshot of the customer' });
  const link = el('a', { class: 'screenshot', href: src, target: '_blank', rel: 'noopener' }, picture);
  picture.addEventListener('error', () =>
    link.replaceWith(el('p', { class: 'name' }, 'A screenshot, not kept any more')),
  );
  return link;
}

function drawOurs({ activity }: Entry, name: string, same: boolean): HTMLElement {
  const node = drawReply({ ...activity, from: { ...activity.from, name } }, name, en);
  // Customers hear the bot by the name of their page; agents know it as the bot.
  node.firstElementChild?.replaceWith(same ? spoken(`${name}: `) : el('p', { class: 'name' }, name));
  node.classList.add(kindOf(activity) === 'person' ? 'person' : 'bot');
  return node;
}
