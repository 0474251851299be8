import type { TokenAnswer } from '../../domain/direct-line.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Clock, SharedLimits, OneTime, Random, Token, Tokens } from '../../domain/ports.ts';
import { spend } from '../../http/rate-limit.ts';

const lifeMs = 30 * 60_000;
const refreshableMs = 24 * 3_600_000;
/** From its first token on: a conversation cannot be continued after that. */
const longestMs = 7 * 24 * 3_600_000;
const streamTicketMs = 60_000;
/** What they are for. */
const streamPurpose = 'stream';

/** Tokens bound to one conversation, and the one-time tickets that open its stream (no token ever stands in a URL). */
export interface ConversationTokens {
  /** `until`: when no token of this one can be exchanged any more; a week from now unless told. */
  issue(opened: Opened, until?: Instant): Promise<TokenAnswer>;
  /** What a valid token opens, and for whom. Throws `token-invalid` or `token-expired`. */
  check(authorization: string | undefined): Promise<Checked>;
  /**
   * A new token for one that is valid or expired less than a day ago, and whose conversation began less than a week ago. Throws
   * `token-invalid` or `too-many-requests`.
   */
  refresh(authorization: string | undefined): Promise<TokenAnswer>;
  /** Ends all tokens and tickets of this one's user; who that is. Throws `token-invalid`. */
  revoke(authorization: string | undefined): Promise<string>;
  /** Those of these users that have no token any more. */
  ended(userIds: readonly string[]): Promise<readonly string[]>;
  streamTicket(streamed: Streamed): Promise<string>;
  /** What a ticket opens that was not used yet; null otherwise. */
  redeem(ticket: string): Promise<Streamed | null>;
}

/** Whose stream of which conversation. */
export type Streamed = Pick<Token, 'conversationId' | 'userId'>;
/** What a token opens. */
export type Opened = Streamed & Pick<Token, 'signed'>;

/** A valid token. */
export interface Checked extends Pick<Token, 'userId' | 'signed' | 'endsAt'> {
  readonly token: TokenAnswer;
}

/** What they are kept in. */
export interface ConversationTokensNeeds {
  readonly tokens: Tokens;
  readonly oneTime: OneTime;
  readonly limits: SharedLimits;
  readonly clock: Clock;
  readonly random: Random;
}

/** Over the stored tokens. Throws `token-invalid`, `token-expired` or `conversation-unknown`. */
export function createConversationTokens({
  tokens,
  oneTime,
  limits,
  clock,
  random,
}: ConversationTokensNeeds): ConversationTokens {
  const refreshes = limits('refreshes', 20, 600);

  async function find(authorization: string | undefined) {
    const secret = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(authorization ?? '')?.[1];
    const token = secret && (await tokens.find(secret));
    if (!secret || !token) throw new SupportError('token-invalid');
    return { secret, token };
  }

  async function issue(opened: Opened, until?: Instant): Promise<TokenAnswer> {
    const token = random.id(43);
    const now = clock.now();
    const endsAt = Math.min(until ?? Infinity, now + longestMs);
    const { conversationId, userId, signed } = opened;
    const [expiresAt, refreshableUntil] = [Math.min(now + lifeMs, endsAt), Math.min(now + refreshableMs, endsAt)];
    await tokens.add(token, { conversationId, userId, expiresAt, refreshableUntil, endsAt, signed });
    return { conversationId, token, expires_in: Math.floor((expiresAt - now) / 1000) };
  }

  return {
    issue,
    async check(authorization) {
      const { secret, token } = await find(authorization);
      const left = token.expiresAt - clock.now();
      // One that is good for longer was issued while the clock was ahead.
      if (left <= 0 || left > lifeMs) throw new SupportError('token-expired');
      const { conversationId, userId, signed, endsAt } = token;
      const answer = { conversationId, token: secret, expires_in: Math.floor(left / 1000) };
      return { userId, signed, endsAt, token: answer };
    },
    async refresh(authorization) {
      const { token } = await find(authorization);
      if (token.refreshableUntil <= clock.now()) throw new SupportError('token-invalid');
      await spend(refreshes, token.conversationId);
      return issue(token, token.endsAt);
    },
    async revoke(authorization) {
      const { token } = await find(authorization);
      await tokens.revoke(token.userId);
      await oneTime.revoke(streamPurpose, opensOf(token));
      return token.userId;
    },
    async ended(userIds) {
      const left = await tokens.withTokens(userIds);
      return userIds.filter((id) => !left.has(id));
    },
    async streamTicket(streamed) {
      const ticket = random.id(43);
      const until = clock.now() + streamTicketMs;
      await oneTime.add(ticket, { purpose: streamPurpose, opens: opensOf(streamed), until });
      return ticket;
    },
    async redeem(ticket) {
      const [conversationId, userId] = (await oneTime.take(ticket, streamPurpose))?.split(' ') ?? [];
      return conversationId === undefined || userId === undefined ? null : { conversationId, userId };
    },
  };
}

/** Ids of ours hold no blank. */
const opensOf = ({ conversationId, userId }: Streamed) => `${conversationId} ${userId}`;
