import type { ChannelWords } from '../channel-words.ts';
import { teamsOf } from './actions.ts';
import type { Command, Shortcut } from './envelope.ts';
import { placed, type SlackEvent } from './events.ts';
import { plainText } from './plain-text.ts';

/** A command as a message that is answered in direct messages: what stands behind it is what they cannot get into. */
export function eventOfCommand(command: Command, { line }: ChannelWords): SlackEvent {
  const { team_id: team, user_id: user, channel_id: channel, trigger_id, response_url } = command;
  const words = plainText(command.text, null);
  const complaint = line('channel-complaint');
  const text = words === '' ? complaint : `${complaint}: ${words}`;
  return eventAt({ team, user, channel }, text, `command ${trigger_id}`, response_url);
}

/** A shortcut on a message as the same: the message's text is the complaint. Null: nobody knows in which workspace. */
export function eventOfShortcut(shortcut: Shortcut, { line }: ChannelWords): SlackEvent | null {
  const { user, channel, message, trigger_id, response_url } = shortcut;
  const [team] = teamsOf(shortcut);
  if (team === undefined) return null;
  const text = plainText(message.text ?? '', null) || line('channel-complaint');
  return eventAt({ team, user: user.id, channel: channel.id }, text, `shortcut ${trigger_id}`, response_url);
}

interface Asked {
  readonly team: string;
  readonly user: string;
  readonly channel: string;
}

/** What one person asks by such means is a talk of its own, in which nobody is told anything of an account. */
function eventAt(asked: Asked, text: string, eventId: string, url: string | null | undefined): SlackEvent {
  const { team, user, channel } = asked;
  const here = placed({ ...asked, thread: null });
  return {
    ...{ ...here, place: `${team}|${channel}|${user}`, shared: true, eventId },
    to: { ...here.to, only: user, ...(url?.startsWith('https://hooks.slack.com/') && { respond: url }) },
    message: { text, files: 0, inPrivate: true },
  };
}
