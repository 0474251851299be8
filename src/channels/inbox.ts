import { hash } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { pushChannels, type Addresses, type Links, type PushChannel } from '../domain/channels.ts';
import type { Clock, Conversations, Wire } from '../domain/ports.ts';
import { SupportError } from '../domain/errors.ts';
import { toStored } from './stored.ts';

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
  /** Where answers go. */
  readonly to: Wire;
  /** Null: the conversation was opened, and nothing was said. */
  readonly said: { readonly text: string; readonly files: number } | null;
}

/** What the inbox stands on. */
export interface InboxNeeds {
  readonly conversations: Pick<Conversations, 'open' | 'receive' | 'identify'>;
  readonly addresses: Addresses;
  readonly links: Links;
  readonly clock: Clock;
  /** Of one person. */
  readonly messagesPer10s: number;
  /** Starts the turns of a conversation; does not wait for them. */
  readonly answer: (conversationId: string) => void;
  /** Shows the customer that an answer is on its way. */
  readonly typing: (conversationId: string) => void;
}

/** Takes in events of channels. Resolves when the event is stored; its turn follows. Throws `too-many-requests`. */
export type Inbox = (event: ChannelEvent) => Promise<void>;

const linkCode = /^\s*link-([0-9A-HJKMNP-TV-Z]{10})\s*$/i;
const guessesPer10Minutes = 5;

/** An inbox that opens a conversation for every place, and knows who was linked to which account. */
export function createInbox(needs: InboxNeeds): Inbox {
  const { conversations, addresses, links, clock } = needs;
  const guesses = new RateLimiterMemory({ points: guessesPer10Minutes, duration: 600 });
  const events = new RateLimiterMemory({ points: needs.messagesPer10s, duration: 10 });

  /** What the bot gets instead of a code, which it must not keep; null: nothing was tried. */
  async function tryCode({ shared, user, said }: ChannelEvent): Promise<Wire | null> {
    const [, code] = linkCode.exec(said?.text ?? '') ?? [];
    if (code === undefined) return null;
    if (shared) {
      await links.burn(code.toUpperCase());
      return { type: 'event', name: 'code-shared' };
    }
    const redeemed = (await mayGoOn(guesses, user)) ? await links.redeem(code.toUpperCase(), user) : null;
    // The event may have come before, and have been heard then.
    const linked = redeemed ?? (await links.find(user));
    return { type: 'event', name: linked ? 'linked' : 'code-wrong' };
  }

  return async (event) => {
    const { channel, eventId, shared, user, locale, to } = event;
    const id = conversationIdOf(channel, event.place);
    if (!(await mayGoOn(events, user))) throw new SupportError('too-many-requests');
    const tried = await tryCode(event);
    const subject = shared ? null : await links.find(user);
    await conversations.open({ id, channel, userId: user, subject, locale, shared });
    if (subject) await conversations.identify(id, subject);
    await addresses.keep(id, channel, to);
    const { duplicate } = await conversations.receive(id, `event:${eventId}`, tried ?? activityOf(event));
    if (duplicate) return;
    needs.answer(id);
    if (event.said) needs.typing(id);
  };

  function activityOf({ said, user }: ChannelEvent): Wire {
    if (!said) return { type: 'conversationUpdate' };
    return toStored({ ...said, clientActivityId: null }, user, clock.now());
  }
}

async function mayGoOn(limiter: RateLimiterMemory, user: string): Promise<boolean> {
  return limiter.consume(user).then(
    () => true,
    () => false,
  );
}

/** Whether we send to this conversation by ourselves. */
export function isPushed(conversationId: string): boolean {
  return pushChannels.some((channel) => conversationId.startsWith(`${channel}_`));
}

/** Ids of channels may be long and hold anything; ours are short and do not. */
export function conversationIdOf(channel: PushChannel, place: string): string {
  return `${channel}_${hash('sha256', place, 'base64url')}`;
}
