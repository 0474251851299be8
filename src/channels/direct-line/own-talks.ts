import { z } from 'zod';
import type { TalksAnswer, TokenAnswer } from '../../domain/direct-line.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Clock, Conversations, Limiter, Store } from '../../domain/ports.ts';
import { text } from '../../domain/schemas.ts';
import type { VerifiedSubject } from '../../domain/subject.ts';
import { ofConversation } from '../../domain/work.ts';
import { spend } from '../../http/rate-limit.ts';
import type { VerifyIdentity } from '../../identity/verify.ts';
import type { Checked, ConversationTokens } from './conversation-tokens.ts';
import { mailLink } from './reply-mailer.ts';
import { resumed, talksOf } from './talks.ts';

/** What is not of Direct Line: the conversations of whoever comes back, and how far they read them. */
export interface OwnTalks {
  /** a page of the conversations of whoever a signed identity proved, older than `before`; of others none. Throws `message-invalid`. */
  talks(authorization: string | undefined, before?: string): Promise<TalksAnswer>;
  /** a token for another conversation of the same person. Throws `conversation-unknown`. */
  enter(authorization: string | undefined, id: string): Promise<TokenAnswer>;
  /** how much somebody has not seen. Begins nothing. */
  unread(body: unknown, client: string): Promise<Pick<TalksAnswer, 'unread'>>;
  /** everything up to a watermark was shown. */
  seen(authorization: string | undefined, id: string, body: unknown): Promise<void>;
  /** a token for the conversation that a link in a mail opens. Throws `link-over`. */
  redeem(body: unknown, client: string): Promise<TokenAnswer>;
}

interface OwnTalksNeeds {
  readonly store: Conversations & Pick<Store, 'oneTime' | 'reading'>;
  readonly tokens: ConversationTokens;
  readonly clock: Clock;
  readonly verifyIdentity: VerifyIdentity;
}

/** What these calls share with those of Direct Line. */
interface Shared {
  readonly own: (authorization: string | undefined, id: string) => Promise<Checked>;
  readonly place: (id: string, watermark: string) => Promise<number>;
  readonly newUser: () => string;
  readonly openings: Limiter;
  readonly looks: Limiter;
  readonly messages: Limiter;
}

const unreadBody = z.strictObject({ identity: z.string() });
const seenBody = z.strictObject({ watermark: text(15) });
const redeemBody = z.strictObject({ secret: text(64) });

/** `goOn`: a token for the conversation in which somebody who comes back goes on; null: there is none. */
export function createOwnTalks(
  needs: OwnTalksNeeds,
  shared: Shared,
): OwnTalks & { readonly goOn: (subject: VerifiedSubject, userId: string) => Promise<TokenAnswer | null> } {
  const { store, tokens, clock } = needs;
  const { own, place, newUser, openings, looks, messages } = shared;

  /** Whose conversations a token opens; null: nobody's but its own. */
  async function personOf(authorization: string | undefined) {
    const { token, signed, endsAt } = await tokens.check(authorization);
    const person = signed ? await store.reading.personOf(token.conversationId) : null;
    return { person, endsAt, conversationId: token.conversationId };
  }

  const seenIn = async (id: string) => ({ seen: (await store.reading.find(id))?.seenSeq ?? 0 });

  return {
    async goOn(subject, userId) {
      const talk = await resumed(needs, subject, clock.now());
      if (!talk) return null;
      ofConversation(talk.id);
      const token = await tokens.issue({ conversationId: talk.id, userId, signed: true });
      const elsewhere = await store.reading.unreadOf(subject, talk.id);
      return { ...token, unread: talk.unread, elsewhere, seen: talk.seenSeq };
    },

    async talks(authorization, before) {
      const { person } = await personOf(authorization);
      return person ? talksOf(needs, person, before) : { conversations: [], unread: 0, next: null };
    },

    async enter(authorization, id) {
      const { person, endsAt, conversationId } = await personOf(authorization);
      await spend(messages, conversationId);
      const theirs = await store.reading.personOf(id);
      const isSame = person?.accountId === theirs?.accountId && person?.userId === theirs?.userId;
      if (!person || !isSame) throw new SupportError('conversation-unknown');
      const token = await tokens.issue({ conversationId: id, userId: newUser(), signed: true }, endsAt);
      return { ...token, ...(await seenIn(id)), elsewhere: await store.reading.unreadOf(person, id) };
    },

    async unread(body, client) {
      const { identity } = read(unreadBody, body);
      await spend(looks, client);
      return { unread: await store.reading.unreadOf(await needs.verifyIdentity(identity)) };
    },

    async seen(authorization, id, body) {
      await own(authorization, id);
      await store.reading.seen(id, await place(id, read(seenBody, body).watermark));
    },

    async redeem(body, client) {
      const { secret } = read(redeemBody, body);
      await spend(openings, client);
      const [conversationId = '', typed] = (await store.oneTime.take(secret, mailLink))?.split(' ') ?? [];
      if (!(await store.load(conversationId))) throw new SupportError('link-over');
      if (typed !== undefined) await store.reading.confirmEmail(conversationId, typed);
      const token = await tokens.issue({ conversationId, userId: newUser(), signed: false });
      return { ...token, ...(await seenIn(conversationId)) };
    },
  };
}

/** Throws `message-invalid`. */
export function read<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const checked = schema.safeParse(body);
  if (!checked.success) throw new SupportError('message-invalid', { cause: checked.error });
  return checked.data;
}
