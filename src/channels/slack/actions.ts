import { conversationIdOf } from '../inbox.ts';
import type { Press } from './envelope.ts';
import { isDirect, placed, threadOf, type Heard } from './events.ts';

/** Our buttons that say something; a link is none of them. */
const says = 'say-';

/** The action of a reply's n-th button. */
export const actionIdOf = (n: number): string => `${says}${n}`;

/**
 * A pressed button as what it says; null: it is none of ours, or belongs to another talk than the one it stands in.
 * Pressing a button of a message twice is pressing it once.
 */
export function heardPress({ team, user, channel, message, actions: [action] }: Press): Heard | null {
  const [home, label] = [team?.id ?? user.team_id, action?.value];
  if (home == null || label == null || action?.type !== 'button' || !action.action_id.startsWith(says)) return null;
  const thread = threadOf(isDirect(channel.id), message.ts, message.thread_ts);
  const at = placed({ team: home, user: user.id, channel: channel.id, thread });
  const ours = message.metadata?.event_payload?.conversation;
  if (ours != null && ours !== conversationIdOf('slack', at.place)) return null;
  const eventId = `${message.ts}|${action.action_id}|${user.id}`;
  return { ...at, eventId, said: { text: label, files: 0 }, opened: false };
}
