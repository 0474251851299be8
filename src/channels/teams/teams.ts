import type { TakeClaim } from '../../domain/escalation.ts';
import type { Conversations } from '../../domain/ports.ts';
import { errorAnswer, json, type Answer } from '../../http/answer.ts';
import { readJson } from '../../http/read-json.ts';
import type { Call } from '../../http/route.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Channel, ChannelNeeds } from '../channel.ts';
import { conversationIdOf, type ChannelEvent } from '../inbox.ts';
import { activityShape, tenantOf, type TeamsActivity } from './activity.ts';
import { createAppToken } from './app-token.ts';
import { createBoard, drawSummary } from './board.ts';
import { createCarrier } from './carrier.ts';
import { createConnector } from './connector.ts';
import { createEmailOf } from './email-of.ts';
import { hear, type Heard } from './events.ts';
import type { FarEnds } from './far-ends.ts';
import { createGate, forbidden, tokenOf, type Refusal, type Rule } from './gate.ts';
import { createKeys } from './keys.ts';
import { cardAnswer, createPresses, gone, pressRefused } from './presses.ts';
import type { TeamsSettings } from './settings.ts';
import { createStrangers } from './strangers.ts';

/** What Teams needs besides what every channel does. */
export interface TeamsNeeds extends ChannelNeeds {
  /** Where Microsoft is. */
  readonly ends: FarEnds;
  /** Takes “Claim” below a ticket. */
  readonly claim: TakeClaim;
  readonly conversations: Pick<Conversations, 'activitiesAfter'>;
  /**
   * Takes the words out of the stored inbound activity of that client id and of those whose id begins with it and a space;
   * `keep`: but for this one. Does nothing where there is none.
   */
  readonly forget: (conversationId: string, clientId: string, keep: string | null) => Promise<void>;
}

/** Another channel of the same bot, which posts to the same address. */
export interface Guest {
  readonly channelId: string;
  readonly rule: Rule;
  /** Takes an activity that the gate let in; what it refuses it counts itself. */
  readonly take: (activity: TeamsActivity) => Promise<Refusal | null>;
}

/** Microsoft Teams: `POST /api/messages` behind a gate of our own, and what sends to it. */
export function createTeams(settings: TeamsSettings, needs: TeamsNeeds, guest: Guest | null = null): Channel {
  const { clock, log, ends } = needs;
  const { appId, escalations, trustedTenants } = settings;
  const keys = createKeys({ ...needs, metadata: ends.metadata });
  const rules = new Map([['msteams', ruleOf(settings, ends)]]);
  if (guest) rules.set(guest.channelId, guest.rule);
  const verify = createGate({ appId, keys, issuer: ends.issuer, rules, clock });
  const connector = createConnector({ token: createAppToken(settings, needs), clock });
  const presses = createPresses(needs.conversations);
  const tellStranger = createStrangers({ connector, log });
  const conversationOf = (event: Pick<ChannelEvent, 'place'>) => conversationIdOf('teams', event.place);
  const clientId = (eventId: string) => `event:${eventId}`;

  async function post(request: Call): Promise<Answer> {
    const looks = tokenOf(request.headers.authorization);
    if (typeof looks !== 'string') return refuse(looks);
    const activity = await readActivity(request);
    const refusal = await verify(request.headers.authorization, activity);
    if (refusal) return refuse(refusal);
    return guest && activity.channelId === guest.channelId
      ? welcome(guest, activity)
      : answer(hear(activity), activity);
  }

  async function welcome({ take }: Guest, activity: TeamsActivity): Promise<Answer> {
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

  async function answer(heard: Heard, activity: TeamsActivity): Promise<Answer> {
    if (heard.what === 'pressed') return press(heard.event, heard.seq);
    if (heard.what === 'claimed') return claim(heard);
    if (heard.what === 'stranger') {
      needs.refused('stranger');
      tellStranger(heard.event);
    } else if (heard.what !== 'nothing') await take(heard);
    return activity.type === 'invoke' ? answerInvoke(activity) : json({});
  }

  async function take(heard: Extract<Heard, { what: 'said' | 'edited' | 'deleted' }>): Promise<void> {
    const { event } = heard;
    // A deleted message is taken too, without its words: should it come later, it had been before.
    await needs.inbox(event);
    if (heard.what === 'deleted') await needs.forget(conversationOf(event), clientId(event.eventId), null);
    if (heard.what === 'edited') await needs.forget(conversationOf(event), clientId(heard.of), clientId(event.eventId));
  }

  async function press(event: ChannelEvent, seq: number): Promise<Answer> {
    const id = conversationOf(event);
    if (!(await presses.has(id, seq, event.said?.text ?? ''))) {
      needs.refused('button-unknown');
      return json(gone);
    }
    await needs.inbox(event);
    return json(await presses.answer(id, seq));
  }

  /** Whoever presses sees the card that is answered; the board shows the others what became of the ticket. */
  async function claim(heard: Extract<Heard, { what: 'claimed' }>): Promise<Answer> {
    const [where] = heard.conversation.split(';');
    if (where !== escalations) return json(gone);
    const { summary, tell } = await needs.claim(heard.press);
    return json(summary ? cardAnswer(drawSummary(summary, tell)) : pressRefused(tell?.text ?? ''));
  }

  const chosen = (place: string, seq: number) => presses.chosen(conversationOf({ place }), seq);
  return {
    carrier: createCarrier({ connector, ends, log, chosen: ({ place }, seq) => chosen(place, seq) }),
    board: escalations === null ? null : createBoard({ connector, ends, appId, channel: escalations }),
    emailOf: trustedTenants.length > 0 ? createEmailOf({ connector, ends, trustedTenants }) : undefined,
    routes: [['post', '/api/messages', post]],
  };
}

/** Teams says in whose tenant it speaks, and to which bot. */
function ruleOf({ appId, tenants }: TeamsSettings, { services }: FarEnds): Rule {
  return {
    services,
    judge(activity) {
      if (!tenants.includes(tenantOf(activity) ?? '')) return forbidden(403, 'tenant-refused');
      return activity.recipient.id.toLowerCase() === `28:${appId}` ? null : forbidden(403, 'recipient-wrong');
    },
  };
}

/** What was asked of us and is none of our buttons. A thumb up or down is taken; we ask in words. */
function answerInvoke({ name }: TeamsActivity): Answer {
  if (name === 'adaptiveCard/action') return json(gone);
  return name === 'message/submitAction' ? json({}) : json({}, 501);
}

const told = (code: string, message: string, status: number) => json({ error: { code, message } }, status);
const refusals: Readonly<Record<Refusal['status'], Answer>> = {
  401: errorAnswer(new SupportError('token-invalid')),
  403: told('not-allowed', 'This bot does not serve that.', 403),
  503: { ...told('unavailable', 'Try again in a moment.', 503), headers: { 'retry-after': '10' } },
};
