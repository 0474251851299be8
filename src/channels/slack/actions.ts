import { parseJson } from '../../domain/parse-json.ts';
import { conversationIdOf } from '../inbound.ts';
import { homePlace, type HomePress, type Press, type Whose } from './envelope.ts';
import { isDirect, placed, threadOf, type SlackEvent, type SlackPlace } from './events.ts';

/** Our buttons that say something; a link is none of them. */
const says = 'say-';

/** The action of the control with which an answer is judged. */
export const rateAction = 'rate-answer';

/** What one of its two buttons sends; `seq`: of the reply that asks. */
export const ratingValue = (answered: boolean, seq: number): string => `${answered ? 'yes' : 'no'} ${seq}`;

/** The action of a reply's n-th button. */
export const actionIdOf = (n: number): string => `${says}${n}`;

/**
 * A pressed button as what it says; null: it is none of ours, or belongs to another talk than the one it stands in.
 * Pressing a button of a message twice is pressing it once.
 */
export function eventOfPress(press: Press): SlackEvent | null {
  const { user, message, actions } = press;
  const [action] = actions;
  const label = action?.value;
  if (label == null || action?.type !== 'button' || !action.action_id.startsWith(says)) return null;
  const at = placeOfPress(press);
  const eventId = `${message.ts}|${action.action_id}|${user.id}`;
  return at && { ...placed(at), eventId, message: { text: label, files: 0 } };
}

/** A button on the app's page as what it says in the direct messages; null: it is none of ours, or on another's page. */
export function eventOfHomePress(press: HomePress): SlackEvent | null {
  const [action] = press.actions;
  const label = action?.value;
  const of = homePlace.safeParse(parseJson(press.view.private_metadata)).data;
  if (label == null || action?.type !== 'button' || !action.action_id.startsWith(says)) return null;
  if (!of || !isOf(press, of) || !isDirect(of.channel)) return null;
  const { team, user, channel } = of;
  const at = placed({ team, user, channel, thread: null });
  return { ...at, eventId: `home ${press.trigger_id}`, message: { text: label, files: 0 } };
}

/** Whether whoever does something is the one for whom we marked it. */
export function isOf(whose: Whose, { team, user }: Pick<SlackPlace, 'team' | 'user'>): boolean {
  return user === whose.user.id && teamsOf(whose).includes(team);
}

/** How an answer was judged, and where; null: the press judges none, or its message belongs to another talk. */
export function ratingOfPress(press: Press): { at: SlackPlace; answered: boolean; seq: number } | null {
  const [action] = press.actions;
  if (action?.type !== 'feedback_buttons' || action.action_id !== rateAction) return null;
  const [, said, seq = ''] = /^(yes|no) (\d{1,9})$/.exec(action.value ?? '') ?? [];
  const at = placeOfPress(press);
  return at && said !== undefined ? { at, answered: said === 'yes', seq: Number(seq) } : null;
}

/** Where a pressed button stands; null: its message says that it belongs to another talk. */
function placeOfPress(press: Press): SlackPlace | null {
  const { user, channel, message } = press;
  const thread = threadOf(isDirect(channel.id), message.ts, message.thread_ts);
  const ours = message.metadata?.event_payload?.conversation;
  const places = teamsOf(press, message).map((team) => ({ team, user: user.id, channel: channel.id, thread }));
  const isOurs = (at: SlackPlace) => ours == null || ours === conversationIdOf('slack', placed(at).place);
  return places.find(isOurs) ?? null;
}

/** Workspaces that somebody's doing may be of: below `message` of ours in a shared channel, they may be of another than the bot. */
export function teamsOf(
  { team, user }: Pick<Whose, 'team' | 'user'>,
  message?: Pick<Press['message'], 'team'>,
): readonly string[] {
  return [team?.id, user.team_id, message?.team].filter((one) => one != null);
}
