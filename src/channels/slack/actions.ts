import { conversationIdOf } from '../inbound.ts';
import type { Press } from './envelope.ts';
import { isDirect, placed, threadOf, type SlackEvent } from './events.ts';

/** Our buttons that say something; a link is none of them. */
const says = 'say-';

/** The action of a reply's n-th button. */
export const actionIdOf = (n: number): string => `${says}${n}`;

/**
 * A pressed button as what it says; null: it is none of ours, or belongs to another talk than the one it stands in.
 * Pressing a button of a message twice is pressing it once.
 */
export function eventOfPress(press: Press): SlackEvent | null {
  const { user, channel, message, actions } = press;
  const [action] = actions;
  const label = action?.value;
  if (label == null || action?.type !== 'button' || !action.action_id.startsWith(says)) return null;
  const thread = threadOf(isDirect(channel.id), message.ts, message.thread_ts);
  const ours = message.metadata?.event_payload?.conversation;
  const at = teamsOf(press)
    .map((team) => placed({ team, user: user.id, channel: channel.id, thread }))
    .find(({ place }) => ours == null || ours === conversationIdOf('slack', place));
  const eventId = `${message.ts}|${action.action_id}|${user.id}`;
  return at ? { ...at, eventId, message: { text: label, files: 0 } } : null;
}

/** Workspaces that a pressed button may be of: in a shared channel, whoever presses it may be of another than the bot. */
export function teamsOf({ team, user, message }: Press): readonly string[] {
  return [team?.id, user.team_id, message.team].filter((one) => one != null);
}
