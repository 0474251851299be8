import { hash } from 'node:crypto';
import type { AnswerRated, InboundActivity, Message } from '../domain/activity.ts';
import {
  clientIdOf,
  pushChannels,
  type Addresses,
  type ChannelAddress,
  type Links,
  type PushChannel,
} from '../domain/channels.ts';
import type { Conversations, SharedLimits } from '../domain/ports.ts';
import type { SubjectFields } from '../domain/subject.ts';
import { ofConversation } from '../domain/work.ts';
import { createLimiter, spend } from '../http/rate-limit.ts';
import { createSerialRunner } from '../http/serial-runner.ts';
import { toMessage } from './customer-message.ts';

/** One event of a channel, after its sender was proved. */
export interface ChannelEvent {
  readonly channel: PushChannel;
  /** Names the event: the same again is the same. */
  readonly eventId: string;
  /** Names the conversation at the channel. */
  readonly place: string;
  /** Whether others read along: then nothing of an account is told. */
  readonly shared: boolean;
  /** Who wrote, such as `slack|T024BE7LD|U2147483697`. */
  readonly user: string;
  readonly locale: string;
  /** IANA time zone, as their client tells it; missing: it does not. */
  readonly zone?: string | undefined;
  /** Where answers go. */
  readonly to: ChannelAddress;
  /** Null: the conversation was opened, and nothing was said. */
  readonly message: (Pick<Message, 'text' | 'inPrivate'> & { readonly files: number }) | null;
  /** An answer was judged by the client's own means. */
  readonly rated?: Omit<AnswerRated, 'type' | 'name'>;
  /** The channel proved whose account the author's is. */
  readonly proved?: SubjectFields;
  /** The app was installed, perhaps not for the first time. */
  readonly installed?: true;
}

/** What receiving is made from. */
export interface InboundNeeds {
  readonly conversations: Pick<Conversations, 'open' | 'receive' | 'identify'>;
  readonly addresses: Addresses;
  readonly links: Links;
  readonly limits: SharedLimits;
  /** Of one person. */
  readonly messagesPer10s: number;
}

/** Takes in events of channels. Resolves when the event is stored; its turn follows. Throws `too-many-requests`. */
export type ReceiveInbound = (event: ChannelEvent) => Promise<void>;

const linkCode = /^\s*link-([0-9A-HJKMNP-TV-Z]{10})\s*$/i;
const guessesPer10Minutes = 5;

/** Opens a conversation for every place; it knows who was linked to which account. */
export function createInbound(needs: InboundNeeds): ReceiveInbound {
  const { conversations, addresses, links } = needs;
  const guesses = needs.limits('guesses', guessesPer10Minutes, 600);
  const events = createLimiter(needs.messagesPer10s, 10);

  const mayGuess = (user: string) =>
    spend(guesses, user).then(
      () => true,
      () => false,
    );

  /** What the bot gets instead of a code, which it must not keep; null: nothing was tried. */
  async function tryCode({ shared, user, message, proved }: ChannelEvent): Promise<InboundActivity | null> {
    if (proved && !shared) {
      await links.save(user, proved);
      return { type: 'event', name: 'linked' };
    }
    const [, code] = linkCode.exec(message?.text ?? '') ?? [];
    if (code === undefined) return null;
    if (shared) {
      await links.burn(code.toUpperCase());
      return { type: 'event', name: 'code-shared' };
    }
    const redeemed = (await mayGuess(user)) ? await links.redeem(code.toUpperCase(), user) : null;
    // The event may have come before, and have been taken then.
    const linked = redeemed ?? (await links.find(user));
    return { type: 'event', name: linked ? 'linked' : 'code-wrong' };
  }

  // A code that comes again may have been taken just now: whether it was is known when that is done.
  const runner = createSerialRunner<ChannelEvent>(async (user, event) => {
    const { channel, eventId, shared, locale, zone, to } = event;
    const id = conversationIdOf(channel, event.place);
    ofConversation(id);
    const tried = await tryCode(event);
    const subject = shared ? null : await links.find(user);
    await conversations.open({ id, channel, userId: user, subject, locale, shared });
    if (subject) await conversations.identify(id, subject);
    await addresses.save(id, channel, to);
    const activity = { ...(tried ?? activityOf(event)), ...(zone !== undefined && { zone }) };
    await conversations.receive(id, { clientId: clientIdOf(eventId), author: user, activity });
  });

  return async (event) => {
    await spend(events, event.user);
    await runner.run(event.user, event);
  };
}

function activityOf({ message, installed, rated }: ChannelEvent): InboundActivity {
  if (rated) return { type: 'event', name: 'answer-rated', ...rated };
  if (message) return toMessage({ ...message, clientActivityId: null });
  return { type: 'event', name: installed ? 'installed' : 'opened' };
}

/** Whether we send to this conversation by ourselves. */
export function isPushed(conversationId: string): boolean {
  return pushChannels.some((channel) => conversationId.startsWith(`${channel}_`));
}

/** Ids of channels may be long and hold anything; ours are short and do not. */
export function conversationIdOf(channel: PushChannel, place: string): string {
  return `${channel}_${hash('sha256', place, 'base64url')}`;
}
