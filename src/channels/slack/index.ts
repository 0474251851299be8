import type { Conversations, SharedLimits, TellHome } from '../../domain/ports.ts';
import { json, type Answer } from '../../http/answer.ts';
import { readText } from '../../http/read-json.ts';
import type { Call, Route } from '../../http/route.ts';
import type { Channel, ChannelNeeds } from '../channel.ts';
import type { ChannelWords } from '../channel-words.ts';
import type { HandleClaim } from '../../domain/ticket-feed.ts';
import { eventOfHomePress, eventOfPress, rateAction, teamsOf } from './actions.ts';
import { claimAction, createTicketFeed, claimFromPress } from './ticket-feed.ts';
import { createChannelClient } from './channel-client.ts';
import { createApi } from './api.ts';
import { createFindChosen } from './chosen.ts';
import { eventOfCommand, eventOfShortcut } from './elsewhere.ts';
import { createProfileOf } from './profile-of.ts';
import { readCommand, readEnvelope, readInteraction, type Press } from './envelope.ts';
import { receiveChange } from '../receive-change.ts';
import { readSlackEvent, teamOf, type SlackChange, type SlackEvent } from './events.ts';
import { createFeedback } from './feedback.ts';
import { createShowHome } from './home.ts';
import { createLater } from './later.ts';
import { createOpenPrivate } from './open-private.ts';
import { suggest } from './prompts.ts';
import type { SlackSettings } from './settings.ts';
import { checkSignature } from './signature.ts';
import { createSocketMode } from './socket-mode.ts';
import { postOf } from './socket-payload.ts';

/** What Slack needs besides what every channel needs. */
export interface SlackNeeds extends ChannelNeeds {
  /** What a customer may begin with; Slack shows the first four. */
  readonly prompts: () => readonly string[];
  readonly words: () => ChannelWords;
  readonly conversations: Pick<Conversations, 'activitiesAfter' | 'lastSeq'>;
  readonly limits: SharedLimits;
  readonly tellHome: TellHome;
  /** Takes “Claim” below a ticket. */
  readonly claim: HandleClaim;
}

/** Everything is well, and there is nothing to say: Slack shows none of it. */
const taken: Answer = { status: 200, type: 'text/plain', body: '' };

/**
 * Bytes. 40,000 characters are six bytes each where they are escaped, and stand in a message twice, as text and as blocks; an
 * edit tells of the message as it was, too.
 */
const largestPost = 2_097_152;

/** Slack: events and pressed buttons in, messages out. Nothing that is posted to us waits for a turn or for Slack's API. */
export function createSlack(settings: SlackSettings, needs: SlackNeeds): Channel {
  const { receive, clock, log, prompts, words } = needs;
  const { signingSecret, appToken } = settings;
  const api = createApi({ token: settings.botToken, fetch: needs.fetch });
  const { later, idle } = createLater(needs);
  const feedback = createFeedback({ ...needs, api, later });
  const showHome = createShowHome({ ...needs, api });

  /** The body of a post that Slack signed. Throws `signature-invalid` or `body-too-large`. */
  async function signed(secret: string, request: Call): Promise<string> {
    const body = await readText(request, largestPost);
    try {
      checkSignature(secret, request.headers, body, clock.now());
    } catch (error) {
      needs.refused('slack-signature');
      throw error;
    }
    return body;
  }

  /** Whether this app in this workspace is served. Slack would only post again what is refused, so it is not told. */
  function isServed(app: string, teams: readonly string[]): boolean {
    const isListed = settings.teams.length === 0 || teams.some((team) => settings.teams.includes(team));
    if (settings.appId !== null && app !== settings.appId) needs.refused('slack-app');
    else if (!isListed) needs.refused('slack-team');
    else return true;
    return false;
  }

  async function takeIn(read: SlackChange | null, eventId: string): Promise<Answer> {
    if (read?.what === 'opened') {
      await receive(read.event);
      const { home, event } = read;
      later(eventId, () => (home ? showHome(home) : suggest({ api, log, prompts: prompts() }, event.to)));
    } else if (read) await receiveChange(needs, read);
    return taken;
  }

  async function events(body: string): Promise<Answer> {
    const envelope = readEnvelope(body);
    if (envelope.type === 'url_verification') return json({ challenge: envelope.challenge });
    if (envelope.type === 'other') return taken;
    const team = envelope.type === 'event_callback' ? teamOf(envelope) : envelope.team_id;
    if (!isServed(envelope.api_app_id, [team])) return taken;
    if (envelope.type === 'event_callback') return takeIn(readSlackEvent(envelope), envelope.event_id);
    log.warn({ alarm: 'slack-rate-limited', team: envelope.team_id }, 'Slack holds events back');
    return taken;
  }

  async function actions(body: string): Promise<Answer> {
    const done = readInteraction(body);
    const message = done?.type === 'block_actions' ? done.message : undefined;
    if (!done || !isServed(done.api_app_id, teamsOf(done, message))) return taken;
    if (done.type === 'block_actions') return pressed(done);
    if (done.type === 'home_actions') return said(eventOfHomePress(done));
    if (done.type === 'message_action') return said(eventOfShortcut(done, words()));
    await feedback.explain(done);
    return taken;
  }

  async function said(event: SlackEvent | null): Promise<Answer> {
    if (event) await receive(event);
    return taken;
  }

  async function commands(body: string): Promise<Answer> {
    const command = readCommand(body);
    if (!isServed(command.api_app_id, [command.team_id])) return taken;
    return said(eventOfCommand(command, words()));
  }

  async function pressed(press: Press): Promise<Answer> {
    const action = press.actions[0]?.action_id;
    if (action === rateAction) await feedback.rate(press);
    else if (action !== claimAction) return said(eventOfPress(press));
    else if (press.channel.id === settings.escalations) claimFromPress({ ...needs, api }, press);
    return taken;
  }

  /** What takes the body of a post, whether it was signed or came over a socket. */
  const inbound: Readonly<Record<string, (body: string) => Promise<Answer>>> = {
    '/slack/events': events,
    '/slack/actions': actions,
    '/slack/commands': commands,
  };
  const listenerWith = (token: string) => {
    const app = createApi({ token, fetch: needs.fetch });
    return createSocketMode({
      ...{ clock, random: needs.random, log },
      askAddress: async () => (await app((client) => client.apps.connections.open({}))).url ?? '',
      async take(type, payload) {
        const { path, body } = postOf(type, payload);
        return (await inbound[path]?.(body)) ?? taken;
      },
    });
  };
  const routesFor = (secret: string) =>
    Object.entries(inbound).map(([path, take]): Route => [
      'post',
      path,
      async (request) => take(await signed(secret, request)),
    ]);

  return {
    client: createChannelClient({ api, fetch: needs.fetch, log, chosen: createFindChosen(needs.conversations), words }),
    ticketFeed: settings.escalations === null ? null : createTicketFeed(api, settings.escalations),
    profileOf: createProfileOf(api, settings.trustedTeams),
    openPrivate: createOpenPrivate(api),
    idle,
    routes: signingSecret === null ? [] : routesFor(signingSecret),
    listener: appToken === null ? null : listenerWith(appToken),
  };
}
