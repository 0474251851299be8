import type { z } from 'zod';
import type { ChannelAddress } from '../../domain/channels.ts';
import type { ChannelEvent } from '../inbound.ts';
import type { MessageChange } from '../receive-change.ts';
import {
  homeOpened,
  messageChanged,
  messageDeleted,
  messageEvent,
  threadStarted,
  type Attachment,
  type Callback,
} from './envelope.ts';
import { mentions, plainText } from './plain-text.ts';

/** What somebody did in Slack, as an event of ours. */
export interface SlackEvent extends ChannelEvent {
  readonly to: SlackAddress;
}

/** The same, and what it is; `opened`: a talk began, and prompts may be shown; `home`: on the app's own page. */
export type SlackChange =
  { readonly what: 'opened'; readonly event: SlackEvent; readonly home: SlackPlace | null } | MessageChange;

/** Where answers go; `thread` null: into the conversation itself. */
export interface SlackAddress extends ChannelAddress {
  readonly channel: string;
  readonly thread: string | null;
  /** What was asked begins the thread: nobody has it open yet. */
  readonly begun?: true;
  /** Whom Slack calls so is the only one who sees what is said; missing: everybody there does. */
  readonly only?: string;
  /** Where Slack takes that for half an hour, also where the app is no member; missing: nowhere. */
  readonly respond?: string;
}

/** What somebody who writes may have written it as; every other subtype tells of something else. */
const written = ['file_share', 'thread_broadcast', 'me_message'];

/** What an event of Slack is to us; null: nothing. */
export function readSlackEvent(callback: Callback): SlackChange | null {
  const team = teamOf(callback);
  const opened = homeOpened.safeParse(callback.event).data;
  if (opened) return openedIn({ team, ...opened, thread: null }, opened.tab === 'home');
  const thread = threadStarted.safeParse(callback.event).data?.assistant_thread;
  if (thread) {
    const { user_id: user, channel_id: channel, thread_ts } = thread;
    return openedIn({ team, user, channel, thread: thread_ts }, false);
  }
  const changed = messageChanged.safeParse(callback.event).data;
  if (changed) return editIn(callback, changed);
  const deleted = messageDeleted.safeParse(callback.event).data;
  if (deleted) return deletionIn(callback, deleted);
  const event = messageIn(callback, callback.event);
  return event && { what: 'said', event };
}

/** Corrected words are said anew: they may change the answer. Slack tells in the same way of a link's preview. */
function editIn(callback: Callback, changed: z.infer<typeof messageChanged>): SlackChange | null {
  const { channel, channel_type, message, previous_message: before } = changed;
  const event = messageIn(callback, { ...message, type: 'message', channel, channel_type });
  const edited = messageEvent.shape.edited.safeParse(message.edited).data;
  if (!event || !edited || message.text === before?.text) return null;
  const of = event.eventId;
  return { what: 'edited', event: { ...event, eventId: `${of} edit ${edited.ts}` }, of };
}

function deletionIn(callback: Callback, deleted: z.infer<typeof messageDeleted>): SlackChange | null {
  const { channel, channel_type, deleted_ts, previous_message: before } = deleted;
  const event = messageIn(callback, { ...before, type: 'message', channel, channel_type, ts: deleted_ts });
  return event && { what: 'deleted', event: { ...event, message: null } };
}

/** The workspace that has the app: in a shared channel, an event may come from another. */
export function teamOf({ context_team_id, team_id }: Callback): string {
  return context_team_id ?? team_id;
}

/** Every opening of the same talk is the same event: the bot welcomes once. */
function openedIn({ team, user, channel, thread }: SlackPlace, isHome: boolean): SlackChange | null {
  if (!isDirect(channel)) return null;
  const at = { team, user, channel, thread };
  return { what: 'opened', event: { ...placed(at), eventId: 'opened', message: null }, home: isHome ? at : null };
}

function messageIn(callback: Callback, told: unknown): SlackEvent | null {
  const message = messageEvent.safeParse(told).data;
  const bot = callback.authorizations?.find(({ is_bot }) => is_bot)?.user_id ?? null;
  if (!message || message.user === bot || message.bot_id || message.hidden) return null;
  if (message.subtype && !written.includes(message.subtype)) return null;
  const { user, channel, channel_type, ts, text, attachments } = message;
  const direct = isDirect(channel, channel_type);
  // In channels only those are answered who call the bot: others may talk among themselves, in its threads too.
  if (!direct && message.type === 'message' && !mentions(text ?? '', bot)) return null;
  const thread = threadOf(direct, ts, message.thread_ts);
  const at = placed({ team: teamOf(callback), user, channel, thread });
  return {
    ...at,
    ...(thread === ts && { to: { ...at.to, begun: true } }),
    shared: !direct,
    // Not `event_id`: one message that mentions the bot comes as `app_mention` and as `message`, each with its own.
    eventId: `${channel}|${ts}`,
    message: {
      text: withForwarded(wordsOf(text ?? '', bot, message.type), attachments ?? [], bot),
      files: message.files?.length ?? 0,
    },
  };
}

/** Where somebody is; `thread` null: in none. */
export interface SlackPlace {
  readonly team: string;
  readonly user: string;
  readonly channel: string;
  readonly thread: string | null;
}

/** Where a talk is, and with whom: a direct message is one talk, and so is every thread. */
export function placed(at: SlackPlace) {
  const { team, user, channel, thread } = at;
  return {
    channel: 'slack' as const,
    shared: !isDirect(channel),
    locale: 'en',
    place: [team, channel, thread].filter((part) => part !== null).join('|'),
    user: `slack|${team}|${user}`,
    to: { channel, thread },
  };
}

/** A message that others answered in a thread is its root, and stands outside; in a channel, it begins the thread. */
export function threadOf(direct: boolean, ts: string, threadTs: string | null | undefined): string | null {
  if (direct) return threadTs == null || threadTs === ts ? null : threadTs;
  return threadTs ?? ts;
}

/** Ids of one-to-one conversations begin with D; `im` says the same where Slack says it. */
export function isDirect(channel: string, type: string | null = null): boolean {
  return channel.startsWith('D') && (type === null || type === 'im');
}

/** What was forwarded is what they write of; beside words of their own it is quoted. */
function withForwarded(own: string, attachments: readonly Attachment[], bot: string | null): string {
  const forwarded = attachments.flatMap(({ is_share, text }) => (is_share && text ? [plainText(text, bot)] : []));
  if (own === '') return forwarded.join('\n\n');
  return [own, ...forwarded.map((text) => text.replaceAll(/^/gm, '> '))].join('\n\n');
}

function wordsOf(text: string, bot: string | null, type: 'message' | 'app_mention'): string {
  // Where Slack does not tell who the bot is, a mention at the beginning is the call.
  const called = type === 'app_mention' && bot === null ? text.replace(/^\s*<@[^<>]{1,60}>/, '') : text;
  return plainText(called, bot);
}
