import { z } from 'zod';
import { text } from '../../domain/schemas.ts';
import type { ChannelEvent } from '../inbound.ts';
import { activityShape } from '../teams/activity.ts';
import { pressOf } from '../teams/events.ts';
import { filesOf, wordsOf } from '../teams/message-text.ts';

/** The channels that the tools speak in the name of; only `msteams` draws cards. */
const channelIds = ['emulator', 'webchat', 'directline', 'msteams'] as const;

/** What is read of an activity of the Emulator or the Agents Playground: they have it from the same protocol as Teams. */
export const localShape = activityShape.extend({
  channelId: z.enum(channelIds),
  serviceUrl: text(512),
  deliveryMode: z.string().nullish(),
});

/** An activity of one of these tools. */
export type LocalActivity = z.infer<typeof localShape>;

/** What it means to us. */
export type LocalEvent =
  | { readonly what: 'opened' | 'said'; readonly event: ChannelEvent }
  /** A button of the activity `seq` was pressed, on a card. */
  | { readonly what: 'pressed'; readonly event: ChannelEvent; readonly seq: number }
  | { readonly what: 'nothing' };

/** Where replies go. */
export const addressShape = z.object({
  service: text(512),
  conversation: text(512),
  /** Names the conversation in our store. */
  place: text(600),
  /** Our bot, as it is called there. */
  bot: text(512),
  draws: z.enum(['cards', 'activities']),
});
/** Where replies go, as the tools have it. */
export type LocalAddress = z.infer<typeof addressShape>;

const nothing: LocalEvent = { what: 'nothing' };

/** Reads an activity of this machine. What is written anew or taken back has no effect: the tools cannot do it. */
export function readLocalEvent(activity: LocalActivity): LocalEvent {
  const { type, id, name, from, recipient } = activity;
  if (!id || from.id === recipient.id) return nothing;
  if (type === 'conversationUpdate')
    return isOpening(activity) ? { what: 'opened', event: eventOf(activity, null, id) } : nothing;
  if (type === 'message') return { what: 'said', event: eventOf(activity, messageOf(activity), id) };
  const press = type === 'invoke' && name === 'adaptiveCard/action' ? pressOf(activity) : null;
  if (!press) return nothing;
  // Each message's buttons count once, whichever is pressed.
  const words = { text: press.label, files: 0 };
  return { what: 'pressed', seq: press.seq, event: eventOf(activity, words, `press ${press.seq}`) };
}

function isOpening({ membersAdded, recipient }: LocalActivity): boolean {
  return (membersAdded ?? []).some(({ id }) => id === recipient.id);
}

/** Null: nothing was said. The words of a button that shows none are in `value`. */
function messageOf(activity: LocalActivity): ChannelEvent['message'] {
  const { channelId, value, attachments } = activity;
  if (channelId === 'msteams') return said(wordsOf(activity), filesOf(activity));
  const text = activity.text ?? '';
  return said(text === '' && typeof value === 'string' ? value : text, attachments?.length ?? 0);
}

function said(words: string, files: number): ChannelEvent['message'] {
  return words.trim() === '' && files === 0 ? null : { text: words, files };
}

function eventOf(activity: LocalActivity, message: ChannelEvent['message'], eventId: string): ChannelEvent {
  const { channelId, from, locale = 'en', localTimezone: zone } = activity;
  const to = addressOf(activity);
  return {
    ...{ channel: 'local', eventId, place: to.place, shared: isShared(activity) },
    ...{ user: `local|${channelId}|${from.id}`, locale, zone, to, message },
  };
}

function addressOf({ channelId, serviceUrl, conversation: { id }, recipient }: LocalActivity): LocalAddress {
  const draws = channelId === 'msteams' ? 'cards' : 'activities';
  return { service: serviceUrl, conversation: id, place: `${channelId}|${id}`, bot: recipient.id, draws };
}

/** The Playground has group chats and channels too; the Emulator says nothing of it, and has none. */
function isShared({ channelId, conversation: { conversationType: type } }: LocalActivity): boolean {
  return type == null ? channelId === 'msteams' : type.toLowerCase() !== 'personal';
}
