import type { WireActivity } from '../../domain/direct-line.ts';
import type { NoteJson } from '../../tickets/console-json.ts';
import { el, spoken } from '../shared/dom.ts';
import { drawReply, wordsOf } from '../shared/message.ts';
import { isOwn, type Entry } from '../shared/transcript.ts';
import { en } from '../shared/words/en.ts';
import { atNode } from './time.ts';

/** One line of a conversation, and who wrote it as agents call them. */
export interface ConversationEntry {
  readonly entry: Entry;
  readonly speaker: string;
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
export function drawConversationEntry(
  { entry, speaker }: ConversationEntry,
  before: ConversationEntry | undefined,
): HTMLElement {
  const { activity } = entry;
  if (isNotice(activity)) return el('div', { class: 'note' }, ...noticeWords(activity));
  const same = goesOn(activity, speaker, before);
  const node = isOwn(activity) ? drawCustomer(entry, same ? '' : speaker) : drawOurs(entry, speaker, same);
  const { timestamp } = activity;
  if (timestamp !== undefined) node.querySelector('.name')?.append(' ', atNode(timestamp));
  return node;
}

/** In ms: a longer silence names the speaker and the time again. */
const silence = 5 * 60_000;

function goesOn(activity: WireActivity, speaker: string, before: ConversationEntry | undefined): boolean {
  if (before?.speaker !== speaker || isNotice(before.entry.activity)) return false;
  const { timestamp } = before.entry.activity;
  return !(Date.parse(activity.timestamp ?? '') - Date.parse(timestamp ?? '') > silence);
}

function noticeWords(activity: WireActivity): readonly (Node | string)[] {
  const { text = '', from } = activity;
  if (text !== '') return wordsOf(activity);
  const joined = kindOf(activity) === 'person-joined';
  return [`${from?.name ?? 'An agent'} ${joined ? 'joined' : 'left'} the conversation.`];
}

function drawCustomer({ activity }: Entry, name: string): HTMLElement {
  const label = name === '' ? [] : [el('p', { class: 'name' }, el('bdi', {}, name))];
  return el('div', { class: 'theirs' }, ...label, el('div', { class: 'bubble' }, el('bdi', {}, activity.text ?? '')));
}

function drawOurs({ activity }: Entry, name: string, same: boolean): HTMLElement {
  const node = drawReply({ ...activity, from: { ...activity.from, name } }, name, en);
  // Customers hear the bot by the name of their page; agents know it as the bot.
  node.firstElementChild?.replaceWith(same ? spoken(`${name}: `) : el('p', { class: 'name' }, name));
  node.classList.add(kindOf(activity) === 'person' ? 'person' : 'bot');
  return node;
}
