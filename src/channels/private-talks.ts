import { copyOf, type Addresses } from '../domain/channels.ts';
import { codeOf } from '../domain/errors.ts';
import type { AskInPrivate, Conversations, Log } from '../domain/ports.ts';
import type { Channel } from './channel.ts';
import type { ReceiveInbound } from './inbound.ts';

/** What private talks are begun with. */
export interface PrivateTalkNeeds {
  readonly addresses: Pick<Addresses, 'find'>;
  readonly conversations: Pick<Conversations, 'load'>;
  readonly channels: readonly Channel[];
  readonly receive: ReceiveInbound;
  readonly log: Log;
}

/** Brings what somebody wrote where others read along into their private chat in the same channel. */
export function createPrivateTalks(needs: PrivateTalkNeeds): AskInPrivate {
  const { addresses, conversations, channels, receive, log } = needs;
  return async ({ conversationId, author, seq, text, files }) => {
    try {
      const [address, talk] = await Promise.all([addresses.find(conversationId), conversations.load(conversationId)]);
      const open = channels.find(({ client }) => client.channel === address?.channel)?.openPrivate;
      if (!address || !talk || !open) return false;
      const { place, to } = await open(author, address.to);
      await receive({
        ...{ channel: address.channel, place, to, user: author, locale: talk.locale, shared: false },
        eventId: copyOf(conversationId, seq),
        message: { text, files },
      });
      return true;
    } catch (error) {
      // Nothing could be stored either: the message waits.
      if (codeOf(error) === 'store-unavailable') throw error;
      log.warn({ conversation: conversationId, code: codeOf(error), err: error }, 'no private chat could be opened');
      return false;
    }
  };
}
