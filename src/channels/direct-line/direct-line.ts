import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod/v4';
import { SupportError } from '../../domain/errors.ts';
import type { Clock, Conversations, Random, Wire } from '../../domain/ports.ts';
import type { VerifyIdentity } from '../../identity/verify.ts';
import { conversationIdOf } from '../inbox.ts';
import { activityId } from './draw.ts';
import { activitySet, type Hub, type Socket } from './hub.ts';
import { toStored } from '../stored.ts';
import { readInbound } from './inbound.ts';
import type { Sessions, TokenAnswer } from './sessions.ts';

/** What the Direct Line server stands on. */
export interface DirectLineNeeds {
  readonly store: Conversations;
  readonly sessions: Sessions;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly random: Random;
  readonly verifyIdentity: VerifyIdentity;
  /** Starts the turns of a conversation; does not wait for them. */
  readonly answer: (conversationId: string) => void;
  readonly limits: Limits;
  /** Where else customers get their tokens; null: here. */
  readonly elsewhere: ForeignTokens | null;
}

/** A token of another Direct Line server, whose calls are below `domain`. */
export interface ForeignGrant extends TokenAnswer {
  readonly domain: string;
}

/** Begins a conversation there for a user id of ours. Throws `chat-unavailable`. */
export type ForeignTokens = (userId: string) => Promise<ForeignGrant>;

/** Points per window: messages of one conversation, new conversations of one address. */
export interface Limits {
  readonly messagesPer10s: number;
  readonly conversationsPerMinute: number;
}

interface Started extends TokenAnswer {
  readonly streamUrl: string;
}

/** Direct Line 3.0: what each of its calls does, without HTTP. `streamBase` is the `ws(s)://host` that clients reach. */
export interface DirectLine {
  generate(body: unknown, address: string): Promise<TokenAnswer | ForeignGrant>;
  refresh(authorization: string | undefined): Promise<TokenAnswer>;
  /** `fresh`: this call began the conversation. */
  start(
    authorization: string | undefined,
    streamBase: string,
  ): Promise<{ readonly fresh: boolean; readonly started: Started }>;
  reconnect(authorization: string | undefined, id: string, watermark: string, streamBase: string): Promise<Started>;
  post(authorization: string | undefined, id: string, body: unknown): Promise<{ readonly id: string }>;
  activities(authorization: string | undefined, id: string, watermark: string): Promise<Wire>;
  /** Opens a stream with a one-time ticket; null where it is not valid. Call the result when the socket is gone. */
  stream(id: string, ticket: string, watermark: string, socket: Socket): (() => void) | null;
}

// `user`, `locale` and the others are Direct Line's; who is speaking is decided by the identity alone.
const ignored = z.unknown().optional();
const generateBody = z.strictObject({
  identity: z
    .string()
    .refine(({ length }) => length <= 8192)
    .optional(),
  user: ignored,
  locale: ignored,
  trustedOrigins: ignored,
});
const page = 500;

/** The Direct Line 3.0 calls, without HTTP. Each throws the `SupportError` that its answer tells. */
export function createDirectLine(needs: DirectLineNeeds): DirectLine {
  const { store, sessions, hub, clock, random } = needs;
  const messages = new RateLimiterMemory({ points: needs.limits.messagesPer10s, duration: 10 });
  const openings = new RateLimiterMemory({ points: needs.limits.conversationsPerMinute, duration: 60 });

  async function own(authorization: string | undefined, id: string) {
    const checked = await sessions.check(authorization);
    if (checked.token.conversationId !== id) throw new SupportError('conversation-unknown');
    return checked;
  }

  function withStream(token: TokenAnswer, watermark: number, base: string): Started {
    const ticket = sessions.streamTicket(token.conversationId);
    const path = `/v3/directline/conversations/${token.conversationId}/stream?watermark=${watermark}&t=${ticket}`;
    return { ...token, streamUrl: `${base}${path}` };
  }

  return {
    async generate(body, address) {
      const checked = generateBody.safeParse(body ?? {});
      if (!checked.success) throw new SupportError('message-invalid', { cause: checked.error });
      await spend(openings, address);
      const { identity } = checked.data;
      const subject = identity === undefined ? null : await needs.verifyIdentity(identity);
      const ours = random.id(22);
      const userId = `dl_${random.id(22)}`;
      const grant = needs.elsewhere && (await needs.elsewhere(userId));
      const id = grant ? conversationIdOf('azure', grant.conversationId) : ours;
      // Wherever its tokens are from, it is the chat on the company's site.
      await store.open({ id, channel: 'direct-line', userId, subject, locale: subject?.locale ?? 'en', shared: false });
      return grant ?? sessions.issue(id, userId);
    },

    refresh: (authorization) => sessions.refresh(authorization),

    async start(authorization, streamBase) {
      const { token } = await sessions.check(authorization);
      const { conversationId } = token;
      const { duplicate } = await store.receive(conversationId, 'start', { type: 'conversationUpdate' });
      if (!duplicate) needs.answer(conversationId);
      return { fresh: !duplicate, started: withStream(token, 0, streamBase) };
    },

    async reconnect(authorization, id, watermark, streamBase) {
      const { token } = await own(authorization, id);
      return withStream(token, readWatermark(watermark), streamBase);
    },

    async post(authorization, id, body) {
      const { userId } = await own(authorization, id);
      const inbound = readInbound(body);
      await spend(messages, id);
      if (inbound.type !== 'message') return { id: '' };
      const activity = toStored(inbound, userId, clock.now());
      const received = await store.receive(id, `client:${inbound.clientActivityId ?? random.id(22)}`, activity);
      if (!received.duplicate) {
        hub.publish(id, [received]);
        needs.answer(id);
      }
      return { id: activityId(id, received.seq) };
    },

    async activities(authorization, id, watermark) {
      await own(authorization, id);
      const after = readWatermark(watermark);
      return activitySet(id, await store.activitiesAfter(id, after, page), after);
    },

    stream(id, ticket, watermark, socket) {
      return sessions.redeem(ticket) === id ? hub.listen(id, readWatermark(watermark), socket) : null;
    },
  };
}

async function spend(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (cause) {
    throw new SupportError('too-many-requests', { cause });
  }
}

/** A watermark is a sequence number; none, or Direct Line's "-", is the beginning. */
function readWatermark(watermark: string): number {
  if (watermark === '' || watermark === '-') return 0;
  if (!/^\d{1,15}$/.test(watermark))
    throw new SupportError('message-invalid', { detail: 'The watermark is not valid.' });
  return Number(watermark);
}
