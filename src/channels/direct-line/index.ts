import type { ActivitySet, StartAnswer, TokenAnswer } from '../../domain/direct-line.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Events } from '../../domain/events.ts';
import type { ChatOpened, Clock, Conversations, Inbound, Random, Store } from '../../domain/ports.ts';
import type { VerifyIdentity } from '../../identity/verify.ts';
import { ofConversation } from '../../domain/work.ts';
import { createLimiter, spend } from '../../http/rate-limit.ts';
import type { Socket } from '../../http/route.ts';
import { conversationIdOf } from '../inbound.ts';
import { activitySet } from './activity.ts';
import type { HubAccess } from './hand-off.ts';
import type { Hub, Shown } from './hub.ts';
import { createOpenStreams } from './open-streams.ts';
import { readActivity } from './read-activity.ts';
import { readTokenRequest } from './read-token-request.ts';
import type { Checked, ConversationTokens, Streamed } from './conversation-tokens.ts';
import type { Presence } from './presence.ts';
import { createTakeActivity } from './take-activity.ts';
import { createTakeUpload, type ReadUpload, type TakeUploadNeeds } from './take-upload.ts';
import { createOwnTalks, type OwnTalks } from './own-talks.ts';

/** What the Direct Line server stands on. */
export interface DirectLineNeeds extends Pick<TakeUploadNeeds, 'takesScreenshots' | 'log'> {
  readonly store: Conversations & Pick<Store, 'limits' | 'oneTime' | 'reading' | 'screenshots'>;
  readonly tokens: ConversationTokens;
  readonly hub: Hub;
  readonly events: Events;
  readonly random: Random;
  readonly clock: Clock;
  readonly presence: Presence;
  readonly verifyIdentity: VerifyIdentity;
  readonly limits: Limits;
  /** Where else customers get their tokens; null: here. */
  readonly tokenProvider: TokenProvider | null;
  /** Null: no hub may take over. */
  readonly hubAccess: HubAccess | null;
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

/** How a client reaches its stream, and what it shows. */
export interface Client extends Pick<Shown, 'thumbs'> {
  /** The `ws(s)://host` that it reaches. */
  readonly streamBase: string;
}

/** Direct Line 3.0: what each of its calls does, without HTTP. */
export interface DirectLine extends OwnTalks {
  /** `authorization`: the key of a hub, if it is one. */
  generate(
    body: unknown,
    client: Client & { readonly key: string },
    authorization?: string,
  ): Promise<TokenAnswer | StartAnswer | ProvidedToken>;
  refresh(authorization: string | undefined): Promise<TokenAnswer>;
  /** Not of Direct Line: who signs out ends their tokens and streams; whoever has others of the conversation keeps them. */
  revoke(authorization: string | undefined): Promise<void>;
  /** `fresh`: this call began the conversation. */
  start(
    authorization: string | undefined,
    client: Client,
  ): Promise<{ readonly fresh: boolean; readonly started: StartAnswer }>;
  reconnect(authorization: string | undefined, id: string, watermark: string, client: Client): Promise<StartAnswer>;
  post(authorization: string | undefined, id: string, body: unknown): Promise<{ readonly id: string }>;
  /** Takes what came with files, which `read` reads once it is clear who sends them. */
  upload(authorization: string | undefined, id: string, read: ReadUpload): Promise<{ readonly id: string }>;
  activities(
    authorization: string | undefined,
    id: string,
    watermark: string,
    client: Pick<Client, 'thumbs'>,
  ): Promise<ActivitySet>;
  /**
   * The number of the activity that a watermark names; of one ahead of us, as after a restore, our last. Throws
   * `message-invalid`.
   */
  place(id: string, watermark: string): Promise<number>;
  /** Whose stream of this conversation a ticket opens, from now on it does not; null: nobody's. */
  mayStream(id: string, ticket: string): Promise<Streamed | null>;
  /** Opens a stream. Call the result when the socket is gone. */
  stream(streamed: Streamed, from: { readonly after: number; readonly thumbs: boolean }, socket: Socket): () => void;
  /** Ends the streams of those who signed out at another process, whether or not that was heard. */
  look(): Promise<void>;
}

const [page, lookedAtOnce] = [500, 500];

/** The Direct Line 3.0 calls, without HTTP. Each throws the `SupportError` that its answer tells. */
export function createDirectLine(needs: DirectLineNeeds): DirectLine {
  const { store, tokens, hub, events, random, presence } = needs;
  const streams = createOpenStreams();
  events.on('signed-out', (userId) => streams.end(userId));
  const messages = createLimiter(needs.limits.messagesPer10s, 10);
  const { conversationsPerMinute } = needs.limits;
  const openings = store.limits('openings', conversationsPerMinute, 60);
  // With every page that somebody who is signed in opens: that must not keep a chat from being begun.
  const looks = store.limits('looks', 10 * conversationsPerMinute, 60);

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

  const take = createTakeActivity(needs);
  const takeUpload = createTakeUpload({ ...needs, take });
  const newUser = () => `dl_${random.id(22)}`;

  async function withStream(
    { token, userId }: Pick<Checked, 'token' | 'userId'>,
    watermark: number,
    { streamBase, thumbs }: Client,
  ): Promise<StartAnswer> {
    const { conversationId } = token;
    const ticket = await tokens.streamTicket({ conversationId, userId });
    const path = `/v3/directline/conversations/${conversationId}/stream?watermark=${watermark}&t=${ticket}${thumbs ? '&thumbs=1' : ''}`;
    return { ...token, streamUrl: `${streamBase}${path}` };
  }

  async function started(whose: Pick<Checked, 'token' | 'userId'>, client: Client): Promise<StartAnswer> {
    await store.receive(whose.token.conversationId, opening(whose.userId));
    return withStream(whose, 0, client);
  }

  const { goOn, ...ownTalks } = createOwnTalks(needs, { own, place, newUser, openings, looks, messages });

  return {
    ...ownTalks,

    async generate(body, client, authorization) {
      const { identity, unconfirmed, denied, anew, start, ...told } = readTokenRequest(body);
      const hubUser = needs.hubAccess?.userFor(authorization) ?? null;
      if (hubUser === null) await spend(openings, client.key); // A hub speaks for many.
      const provider = hubUser === null ? needs.tokenProvider : null;
      const proved = identity === undefined ? null : await needs.verifyIdentity(identity);
      const subject = proved && { ...proved, zone: proved.zone ?? told.localTimezone };
      const userId = hubUser ?? newUser();
      const begun = (token: TokenAnswer) => (start ? started({ token, userId }, client) : token);
      const before = subject && !anew && !denied && !provider ? await goOn(subject, userId) : null;
      if (before) return begun(before);
      const ours = random.id(22);
      const grant = provider && (await provider(userId));
      const id = grant ? conversationIdOf('azure', grant.conversationId) : ours;
      ofConversation(id);
      // Wherever its tokens are from, it is the chat on the company's site.
      const locale = subject?.locale ?? told.locale ?? 'en';
      await store.open({ id, channel: 'direct-line', userId, subject, locale, shared: false });
      const how = { ...(!subject && { unconfirmed }), ...(!subject?.denial && { denial: denied }) };
      if (how.unconfirmed || how.denial) await store.receive(id, opening(userId, how));
      if (grant) return grant;
      await store.reading.begin(id, subject);
      return begun(await tokens.issue({ conversationId: id, userId, signed: subject !== null }));
    },

    refresh: (authorization) => tokens.refresh(authorization),

    async revoke(authorization) {
      events.emit('signed-out', await tokens.revoke(authorization));
    },

    async start(authorization, client) {
      const checked = await tokens.check(authorization);
      const { conversationId } = checked.token;
      ofConversation(conversationId);
      const { duplicate } = await store.receive(conversationId, opening(checked.userId));
      return { fresh: !duplicate, started: await withStream(checked, 0, client) };
    },

    async reconnect(authorization, id, watermark, client) {
      return withStream(await own(authorization, id), readWatermark(watermark), client);
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
      return takeUpload(id, userId, read);
    },

    async activities(authorization, id, watermark, { thumbs }) {
      const { userId } = await own(authorization, id);
      const after = await place(id, watermark);
      const stored = await store.activitiesAfter(id, after, page);
      const set = activitySet(id, stored, { before: after, thumbs });
      return needs.hubAccess?.completeFor(userId)?.(id, stored, set) ?? set;
    },

    place,

    async mayStream(id, ticket) {
      const streamed = await tokens.redeem(ticket);
      return streamed?.conversationId === id ? streamed : null;
    },

    stream({ conversationId: id, userId }, { after, thumbs }, socket) {
      const gone = [
        hub.listen(id, after, socket, { thumbs, complete: needs.hubAccess?.completeFor(userId) }),
        streams.add(userId, socket),
        presence.enter(id),
      ];
      return () => gone.forEach((one) => one());
    },

    async look() {
      const open = streams.users();
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
