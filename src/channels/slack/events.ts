import type { ChannelAddress } from '../../domain/channels.ts';
import type { ChannelEvent } from '../inbound.ts';
import { homeOpened, messageEvent, threadStarted, type Callback } from './envelope.ts';
import { mentions, plainText } from './plain-text.ts';

/** What somebody did in Slack, as an event of ours; `opened`: a talk began, and prompts may be shown. */
export interface SlackEvent extends ChannelEvent {
  readonly to: SlackAddress;
  readonly opened: boolean;
}

/** Where answers go; `thread` null: into the conversation itself. */
export interface SlackAddress extends ChannelAddress {
  readonly channel: string;
  readonly thread: string | null;
}

/** What somebody who writes may have written it as; every other subtype tells of something else. */
const written = ['file_share', 'thread_broadcast', 'me_message'];

/** What an event of Slack is to us; null: nothing. Edits and deletions are nothing too: they do not rewind a talk. */
export function readSlackEvent(callback: Callback): SlackEvent | null {
  const team = teamOf(callback);
  const opened = homeOpened.safeParse(callback.event).data;
  if (opened) return openedIn(team, opened.user, opened.channel, null);
  const thread = threadStarted.safeParse(callback.event).data?.assistant_thread;
  if (thread) return openedIn(team, thread.user_id, thread.channel_id, thread.thread_ts);
  return messageIn(callback);
}

/** The workspace that has the app: in a shared channel, an event may come from another. */
export function teamOf({ context_team_id, team_id }: Callback): string {
  return context_team_id ?? team_id;
}

/** Every opening of the same talk is the same event: the bot welcomes once. */
function openedIn(team: string, user: string, channel: string, thread: string | null): SlackEvent | null {
  if (!isDirect(channel)) return null;
  return { ...placed({ team, user, channel, thread }), eventId: 'opened', message: null, opened: true };
}

function messageIn(callback: Callback): SlackEvent | null {
  const message = messageEvent.safeParse(callback.event).data;
  const bot = callback.authorizations?.find(({ is_bot }) => is_bot)?.user_id ?? null;
  if (!message || message.user === bot || message.bot_id || message.hidden) return null;
  if (message.subtype && !written.includes(message.subtype)) return null;
  const { user, channel, channel_type, ts, text } = message;
  const direct = isDirect(channel, channel_type);
  // In channels only those are answered who call the bot: others may talk among themselves, in its threads too.
  if (!direct && message.type === 'message' && !mentions(text ?? '', bot)) return null;
  const thread = threadOf(direct, ts, message.thread_ts);
  return {
    ...placed({ team: teamOf(callback), user, channel, thread }),
    shared: !direct,
    // Not `event_id`: one message that mentions the bot comes as `app_mention` and as `message`, each with its own.
    eventId: `${channel}|${ts}`,
    message: { text: wordsOf(text ?? '', bot, message.type), files: message.files?.length ?? 0 },
    opened: false,
  };
}

/** Where a talk is, and with whom: a direct message is one talk, and so is every thread. */
export function placed(at: { team: string; user: string; channel: string; thread: string | null }) {
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

function wordsOf(text: string, bot: string | null, type: 'message' | 'app_mention'): string {
  // Where Slack does not tell who the bot is, a mention at the beginning is the call.
  const called = type === 'app_mention' && bot === null ? text.replace(/^\s*<@[^<>]{1,60}>/, '') : text;
  return plainText(called, bot);
}
