import { codeOf } from '../../domain/errors.ts';
import type { ChannelNeeds, OpenPrivate } from '../channel.ts';
import type { ChannelWords } from '../channel-words.ts';
import { teamsOf } from './actions.ts';
import type { Command, Shortcut } from './envelope.ts';
import { placed } from './events.ts';
import { escaped } from './mrkdwn.ts';
import { plainText } from './plain-text.ts';

/** What somebody asked wherever they were in Slack: it is answered in their direct messages. */
export interface Elsewhere {
  readonly team: string;
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  /** The same for the same thing, however often it is delivered. */
  readonly eventId: string;
  /** Where Slack takes what only they see, for half an hour. */
  readonly responseUrl: string | null;
  /** They read already that the answer stands elsewhere. */
  readonly isTold: boolean;
}

/** Milliseconds. */
const respondWithin = 10_000;

/** A command: what stands behind it is what they cannot get into. */
export function elsewhereOfCommand(command: Command, { line }: ChannelWords): Elsewhere {
  const { team_id: team, user_id: user, channel_id: channel, trigger_id, response_url } = command;
  const words = plainText(command.text, null);
  const complaint = line('channel-complaint');
  const text = words === '' ? complaint : `${complaint}: ${words}`;
  const responseUrl = response_url ?? null;
  return { team, user, channel, text, eventId: `command ${trigger_id}`, responseUrl, isTold: true };
}

/** A shortcut on a message: its text is the complaint. Null: nobody knows in which workspace. */
export function elsewhereOfShortcut(shortcut: Shortcut, { line }: ChannelWords): Elsewhere | null {
  const { user, channel, message, trigger_id, response_url } = shortcut;
  const [team] = teamsOf(shortcut);
  if (team === undefined) return null;
  const text = plainText(message.text ?? '', null) || line('channel-complaint');
  const at = { team, user: user.id, channel: channel.id };
  return { ...at, text, eventId: `shortcut ${trigger_id}`, responseUrl: response_url ?? null, isTold: false };
}

/** What taking that in needs. */
export interface ElsewhereNeeds extends Pick<ChannelNeeds, 'receive' | 'fetch' | 'log'> {
  readonly openPrivate: OpenPrivate;
  readonly words: () => ChannelWords;
}

/** Brings it into the direct messages, and says where the answer is; where there are none, that. */
export function createAskElsewhere({ receive, fetch, log, openPrivate, words }: ElsewhereNeeds) {
  return async ({ team, user, channel, text, eventId, responseUrl, isTold }: Elsewhere): Promise<void> => {
    let line: string | undefined = isTold ? undefined : words().line('channel-elsewhere');
    try {
      const here = placed({ team, user, channel, thread: null });
      const { place, to } = await openPrivate(here.user, here.to);
      await receive({ ...here, place, to, shared: false, eventId, message: { text, files: 0 } });
    } catch (error) {
      log.warn({ code: codeOf(error), err: error }, 'what was asked elsewhere could not be taken to direct messages');
      line = words().line('channel-no-direct');
    }
    if (line !== undefined) await respond(fetch, responseUrl, line);
  };
}

/** Says something to whoever asked, and to nobody else. */
async function respond(post: typeof fetch, url: string | null, text: string): Promise<void> {
  if (!url?.startsWith('https://hooks.slack.com/')) return;
  const { ok, status } = await post(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text: escaped(text) }),
    redirect: 'error',
    signal: AbortSignal.timeout(respondWithin),
  });
  if (!ok) throw new Error(`Slack took no answer for whoever asked: status ${status}`);
}
