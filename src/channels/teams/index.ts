import type { HandleClaim } from '../../domain/ticket-feed.ts';
import type { Addresses, Links } from '../../domain/channels.ts';
import type { Conversations, SubjectByEmail } from '../../domain/ports.ts';
import { errorAnswer, json, type Answer } from '../../http/answer.ts';
import { readJson } from '../../http/read-json.ts';
import type { Call } from '../../http/route.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Channel, ChannelNeeds } from '../channel.ts';
import type { ChannelWords } from '../channel-words.ts';
import type { HubTalks } from '../hand-off.ts';
import { conversationIdOf, type ChannelEvent } from '../inbound.ts';
import { createFindRatedAnswer } from '../rated-answers.ts';
import { receiveChange } from '../receive-change.ts';
import { activityShape, tenantOf, type TeamsActivity } from './activity.ts';
import { createAppToken } from './app-token.ts';
import { createTicketFeed, drawSummary } from './ticket-feed.ts';
import { createChannelClient } from './channel-client.ts';
import { createConnector } from './connector.ts';
import { createEmailOf } from './email-of.ts';
import { createFeedback } from './feedback.ts';
import { readTeamsEvent, type TeamsEvent } from './events.ts';
import { createHubBot } from './hub.ts';
import { createOpenPrivate } from './open-private.ts';
import type { TeamsEndpoints } from './endpoints.ts';
import { createAuthenticator, tokenOf, type ChannelRule } from './authenticate-activity.ts';
import { createSigningKeys } from './keys.ts';
import { cardAnswer, createCardActions, gone, actionRefused } from './card-actions.ts';
import type { TeamsSettings } from './settings.ts';
import { createExternalUserNotice } from './external-users.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { refusal, type Refusal } from './verify-token.ts';

/** What Teams needs besides what every channel does. */
export interface TeamsNeeds extends ChannelNeeds {
  /** Where Microsoft is. */
  readonly endpoints: TeamsEndpoints;
  /** Takes “Claim” below a ticket. */
  readonly claim: HandleClaim;
  readonly conversations: Pick<Conversations, 'activitiesAfter' | 'lastSeq'>;
  readonly addresses: Pick<Addresses, 'named' | 'seqOf'>;
  readonly words: () => ChannelWords;
  readonly links: Pick<Links, 'find'>;
  readonly hubTalks: HubTalks;
  /** Null: no account API is connected. */
  readonly subjectByEmail: SubjectByEmail | null;
}

/** Another channel of the same bot, which posts to the same address. */
export interface BotChannel {
  readonly channelId: string;
  readonly rule: ChannelRule;
  /** Takes an activity that was authenticated; what it refuses it counts itself. */
  readonly take: (activity: TeamsActivity) => Promise<Refusal | null>;
}

/** Microsoft Teams: `POST /api/messages` behind a check of our own, and what sends to it. */
export function createTeams(settings: TeamsSettings, needs: TeamsNeeds, other: BotChannel | null = null): Channel {
  const { clock, log, conversations, addresses, words } = needs;
  const { appId, escalations, trustedTenants, feedback } = settings;
  const { issuer, metadata, services } = needs.endpoints;
  const keys = createSigningKeys({ ...needs, metadata });
  const rules = new Map([['msteams', ruleOf(settings, needs.endpoints)]]);
  if (other) rules.set(other.channelId, other.rule);
  const authenticate = createAuthenticator({ appId, keys, issuer, rules, clock });
  const hub = settings.hub && createHubBot(settings.hub, settings, needs);
  const hubAt = (service: string) => (hub?.isAt(service) ? hub : null);
  const token = createAppToken(settings, needs);
  const connector = createConnector({
    token: (asked) => (hubAt(asked.service)?.token ?? token)(asked),
    clock,
  });
  const endpoints = settings.hub
    ? { ...needs.endpoints, services: new Set([...services, settings.hub.origin]) }
    : needs.endpoints;
  const cardActions = createCardActions(conversations, words);
  const rate = createFeedback({ ...needs, findRatedAnswer: createFindRatedAnswer(conversations) });
  const signIn = settings.singleSignOn ? createSignIn(settings, { ...needs, connector }) : null;
  const tellExternalUser = createExternalUserNotice({ connector, log, words });
  const conversationOf = (event: Pick<ChannelEvent, 'place'>) => conversationIdOf('teams', event.place);

  async function post(request: Call): Promise<Answer> {
    const looks = tokenOf(request.headers.authorization);
    if (typeof looks !== 'string') return refuse(looks);
    const activity = await readActivity(request);
    const from = hubAt(activity.serviceUrl ?? '');
    const refusal = await (from?.authenticate ?? authenticate)(request.headers.authorization, activity);
    if (refusal) return refuse(refusal);
    if (await from?.takeStatus(activity)) return json({});
    return other && activity.channelId === other.channelId
      ? takeOther(other, activity)
      : answer(readTeamsEvent(activity), activity);
  }

  async function takeOther({ take }: BotChannel, activity: TeamsActivity): Promise<Answer> {
    const refusal = await take(activity);
    return refusal ? refusals[refusal.status] : json({});
  }

  async function readActivity(request: Call): Promise<TeamsActivity> {
    try {
      const read = activityShape.safeParse(await readJson(request));
      if (read.success) return read.data;
    } catch (error) {
      needs.refused('body-invalid');
      throw error;
    }
    needs.refused('body-invalid');
    throw new SupportError('message-invalid');
  }

  function refuse({ status, why }: Refusal): Answer {
    needs.refused(why);
    return refusals[status];
  }

  async function answer(read: TeamsEvent, activity: TeamsActivity): Promise<Answer> {
    if (read.what === 'pressed') return press(read.event, read.seq);
    if (read.what === 'claimed') return claim(read);
    if (read.what === 'rated') return rate(read.event, read.rating);
    if (read.what === 'external-user') {
      needs.refused('stranger');
      tellExternalUser(read.event);
    } else if (read.what !== 'nothing') await receiveChange(needs, read);
    if (read.what === 'said') signIn?.ask(read.event);
    if (signIn && activity.name === 'signin/tokenExchange') return takeSignIn(signIn, activity);
    if (activity.type !== 'invoke') return json({});
    if (signIn && activity.name === 'signin/failure') {
      needs.refused('sign-in-failed');
      signIn.fail(activity);
      return json({});
    }
    // What was asked of us and is no button of ours, and no judgement that can be read.
    return activity.name === 'adaptiveCard/action' ? json(gone(words())) : json({}, 501);
  }

  /** What Teams wants to read where a token is not taken: it then shows the card that asked for it. */
  async function takeSignIn(one: SignIn, activity: TeamsActivity): Promise<Answer> {
    const refusal = await one.take(activity);
    if (!refusal) return json({});
    needs.refused(refusal.why);
    const { id, connectionName } = (activity.value ?? {}) as Readonly<Record<string, unknown>>;
    return json({ id, connectionName, failureDetail: 'The token was not taken.' }, 412);
  }

  async function press(event: ChannelEvent, seq: number): Promise<Answer> {
    const id = conversationOf(event);
    if (!(await cardActions.has(id, seq, event.message?.text ?? ''))) {
      needs.refused('button-unknown');
      return json(gone(words()));
    }
    await needs.receive(event);
    return json(await cardActions.answer(id, seq));
  }

  /** Whoever presses sees the card that is answered; the ticket feed shows the others what became of the ticket. */
  async function claim({ conversation, request }: Extract<TeamsEvent, { what: 'claimed' }>): Promise<Answer> {
    const [where] = conversation.split(';');
    if (where !== escalations) return json(gone(words()));
    const { summary, tell } = await needs.claim(request);
    return json(summary ? cardAnswer(drawSummary(summary, words(), tell)) : actionRefused(tell?.text ?? ''));
  }

  const emailOf = trustedTenants.length > 0 && !signIn ? createEmailOf({ connector, endpoints, trustedTenants }) : null;
  const chosen = (place: string, seq: number) => cardActions.chosen(conversationOf({ place }), seq);
  return {
    client: createChannelClient({
      ...{ connector, endpoints, log, drawing: { feedback, words }, named: (...one) => addresses.named(...one) },
      eventBehind: async ({ service }, ...reply) => (await hubAt(service)?.eventBehind(...reply)) ?? null,
      chosen: ({ place }, seq) => chosen(place, seq),
    }),
    ticketFeed:
      escalations === null ? null : createTicketFeed({ connector, endpoints, appId, words, channel: escalations }),
    profileOf: emailOf ? async (...who) => ({ email: await emailOf(...who) }) : undefined,
    openPrivate: createOpenPrivate({ connector, endpoints }),
    routes: [['post', '/api/messages', post]],
    ...(signIn && { idle: () => signIn.idle() }),
  };
}

/** Teams says in whose tenant it speaks, and to which bot. */
function ruleOf({ appId, tenants }: TeamsSettings, { services }: TeamsEndpoints): ChannelRule {
  return {
    services,
    judge(activity) {
      if (!tenants.includes(tenantOf(activity) ?? '')) return refusal(403, 'tenant-refused');
      return activity.recipient.id.toLowerCase() === `28:${appId}` ? null : refusal(403, 'recipient-wrong');
    },
  };
}

const told = (code: string, message: string, status: number) => json({ error: { code, message } }, status);
const refusals: Readonly<Record<Refusal['status'], Answer>> = {
  401: errorAnswer(new SupportError('token-invalid')),
  403: told('not-allowed', 'This bot does not serve that.', 403),
  503: { ...told('unavailable', 'Try again in a moment.', 503), headers: { 'retry-after': '10' } },
};
