import { z } from 'zod';
import type { ActivitySet, StartAnswer, TokenAnswer } from '../../domain/direct-line.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Events } from '../../domain/events.ts';
import type { ChatOpened, Conversations, Inbound, Random, Store } from '../../domain/ports.ts';
import { unsignedDenial, type VerifyIdentity } from '../../identity/verify.ts';
import { ofConversation } from '../../domain/work.ts';
import { createLimiter, spend } from '../../http/rate-limit.ts';
import type { Socket } from '../../http/route.ts';
import { conversationIdOf } from '../inbound.ts';
import { activityId, activitySet } from './activity.ts';
import type { Hub } from './hub.ts';
import { createOpenStreams } from './open-streams.ts';
import { toMessage } from '../customer-message.ts';
import { readActivity, type ClientActivity } from './read-activity.ts';
import type { Upload } from './read-upload.ts';
import type { ConversationTokens } from './conversation-tokens.ts';

/** What the Direct Line server stands on. */
export interface DirectLineNeeds {
  readonly store: Conversations & Pick<Store, 'limits'>;
  readonly tokens: ConversationTokens;
  readonly hub: Hub;
  readonly events: Events;
  readonly random: Random;
  readonly verifyIdentity: VerifyIdentity;
  readonly limits: Limits;
  /** Where else customers get their tokens; null: here. */
  readonly tokenProvider: TokenProvider | null;
}

/** A token of another Direct Line server, whose calls are below `domain`. */
export interface ProvidedToken extends TokenAnswer {
  readonly domain: string;
}

/** Begins a conversation there for a user id of ours. Throws `chat-unavailable`. */
export type TokenProvider = (userId: string) => Promise<ProvidedToken>;

/** Points per window: messages of one conversation, new conversations of one client. */
export interface Limits {
  readonly messagesPer10s: number;
  readonly conversationsPerMinute: number;
}

/** Direct Line 3.0: what each of its calls does, without HTTP. `streamBase` is the `ws(s)://host` that clients reach. */
export interface DirectLine {
  generate(body: unknown, client: string): Promise<TokenAnswer | ProvidedToken>;
  refresh(authorization: string | undefined): Promise<TokenAnswer>;
  /** Not of Direct Line: who signs out ends all tokens of their conversation, and its streams. */
  revoke(authorization: string | undefined): Promise<void>;
  /** `fresh`: this call began the conversation. */
  start(
    authorization: string | undefined,
    streamBase: string,
  ): Promise<{ readonly fresh: boolean; readonly started: StartAnswer }>;
  reconnect(authorization: string | undefined, id: string, watermark: string, streamBase: string): Promise<StartAnswer>;
  post(authorization: string | undefined, id: string, body: unknown): Promise<{ readonly id: string }>;
  /** Takes the words that came with files, which `read` reads once it is clear who sends them. */
  upload(authorization: string | undefined, id: string, read: () => Promise<Upload>): Promise<{ readonly id: string }>;
  activities(authorization: string | undefined, id: string, watermark: string): Promise<ActivitySet>;
  /**
   * The number of the activity that a watermark names; of one ahead of us, as after a restore, our last. Throws
   * `message-invalid`.
   */
  place(id: string, watermark: string): Promise<number>;
  /** Whether a ticket opens the stream of this conversation; from now on it does not. */
  mayStream(id: string, ticket: string): Promise<boolean>;
  /** Opens a stream. Call the result when the socket is gone. */
  stream(id: string, after: number, socket: Socket): () => void;
  /** Ends the streams of those who signed out at another process, whether or not that was heard. */
  look(): Promise<void>;
}

// `user`, `locale` and the others are Direct Line's; who is speaking is decided by the identity alone.
const ignored = z.unknown().optional();
const generateBody = z.strictObject({
  identity: z.string().optional(),
  // Not of Direct Line: the page’s identity was refused, or could not be had, and the chat begins without it.
  unconfirmed: z.literal(true).optional(),
  // Not of Direct Line: what the page says, unsigned, that it refused.
  denied: unsignedDenial.optional(),
  user: ignored,
  locale: ignored,
  trustedOrigins: ignored,
});
const [page, lookedAtOnce] = [500, 500];

/** The Direct Line 3.0 calls, without HTTP. Each throws the `SupportError` that its answer tells. */
export function createDirectLine(needs: DirectLineNeeds): DirectLine {
  const { store, tokens, hub, events, random } = needs;
  const streams = createOpenStreams();
  events.on('signed-out', (id) => streams.end(id));
  const messages = createLimiter(needs.limits.messagesPer10s, 10);
  const openings = store.limits('openings', needs.limits.conversationsPerMinute, 60);

  async function own(authorization: string | undefined, id: string) {
    const checked = await tokens.check(authorization);
    if (checked.token.conversationId !== id) throw new SupportError('conversation-unknown');
    ofConversation(id);
    return checked;
  }

  async function place(id: string, watermark: string): Promise<number> {
    const after = readWatermark(watermark);
    return after === 0 ? 0 : Math.min(after, await store.lastSeq(id));
  }

  async function take(id: string, userId: string, { type, articleRead, ...written }: ClientActivity) {
    if (articleRead !== null) {
      const activity = { type: 'event', name: 'article-read', article: articleRead } as const;
      // Told once in a conversation, however often its page is opened.
      await store.receive(id, { clientId: `article:${articleRead}`, author: userId, activity });
    }
    if (type !== 'message') return { id: '' };
    const clientId = `client:${written.clientActivityId ?? random.id(22)}`;
    const { stored } = await store.receive(id, { clientId, author: userId, activity: toMessage(written) });
    return { id: activityId(id, stored.seq) };
  }

  async function withStream(token: TokenAnswer, watermark: number, base: string): Promise<StartAnswer> {
    const ticket = await tokens.streamTicket(token.conversationId);
    const path = `/v3/directline/conversations/${token.conversationId}/stream?watermark=${watermark}&t=${ticket}`;
    return { ...token, streamUrl: `${base}${path}` };
  }

  return {
    async generate(body, client) {
      const checked = generateBody.safeParse(body ?? {});
      if (!checked.success) throw new SupportError('message-invalid', { cause: checked.error });
      await spend(openings, client);
      const { identity, unconfirmed, denied } = checked.data;
      const subject = identity === undefined ? null : await needs.verifyIdentity(identity);
      const ours = random.id(22);
      const userId = `dl_${random.id(22)}`;
      const grant = needs.tokenProvider && (await needs.tokenProvider(userId));
      const id = grant ? conversationIdOf('azure', grant.conversationId) : ours;
      ofConversation(id);
      // Wherever its tokens are from, it is the chat on the company's site.
      await store.open({ id, channel: 'direct-line', userId, subject, locale: subject?.locale ?? 'en', shared: false });
      const told = { ...(!subject && { unconfirmed }), ...(!subject?.denial && { denial: denied }) };
      if (told.unconfirmed || told.denial) await store.receive(id, opening(userId, told));
      return grant ?? tokens.issue(id, userId);
    },

    refresh: (authorization) => tokens.refresh(authorization),

    async revoke(authorization) {
      events.emit('signed-out', await tokens.revoke(authorization));
    },

    async start(authorization, streamBase) {
      const { userId, token } = await tokens.check(authorization);
      const { conversationId } = token;
      ofConversation(conversationId);
      const { duplicate } = await store.receive(conversationId, opening(userId));
      return { fresh: !duplicate, started: await withStream(token, 0, streamBase) };
    },

    async reconnect(authorization, id, watermark, streamBase) {
      const { token } = await own(authorization, id);
      return withStream(token, readWatermark(watermark), streamBase);
    },

    async post(authorization, id, body) {
      const { userId } = await own(authorization, id);
      const activity = readActivity(body);
      await spend(messages, id);
      return take(id, userId, activity);
    },

    async upload(authorization, id, read) {
      const { userId } = await own(authorization, id);
      await spend(messages, id);
      const { activity, files } = await read();
      return take(id, userId, readActivity(activity, files));
    },

    async activities(authorization, id, watermark) {
      await own(authorization, id);
      const after = await place(id, watermark);
      return activitySet(id, await store.activitiesAfter(id, after, page), after);
    },

    place,

    mayStream: async (id, ticket) => (await tokens.redeem(ticket)) === id,

    stream(id, after, socket) {
      const gone = [hub.listen(id, after, socket), streams.add(id, socket)];
      return () => gone.forEach((one) => one());
    },

    async look() {
      const open = streams.conversations();
      for (let first = 0; first < open.length; first += lookedAtOnce)
        (await tokens.ended(open.slice(first, first + lookedAtOnce))).forEach((id) => streams.end(id));
    },
  };
}

/** That the chat was opened: once, by whoever says it first. */
function opening(author: string, how: Partial<ChatOpened> = {}): Inbound {
  return { clientId: 'start', author, activity: { type: 'event', name: 'opened', ...how } };
}

/** A watermark is a sequence number; none, or Direct Line's "-", is the beginning. */
function readWatermark(watermark: string): number {
  if (watermark === '' || watermark === '-') return 0;
  if (!/^\d{1,15}$/.test(watermark))
    throw new SupportError('message-invalid', { detail: 'The watermark is not valid.' });
  return Number(watermark);
}
