import { LRUCache } from 'lru-cache';
import type { Log } from '../../domain/ports.ts';
import type { ChannelWords } from '../channel-words.ts';
import type { ChannelEvent } from '../inbound.ts';
import type { Connector } from './connector.ts';
import { addressShape } from './events.ts';

/** Conversations that are remembered; the oldest go first. */
const mostNotified = 1_000;

interface NoticeNeeds {
  readonly connector: Connector;
  readonly log: Log;
  readonly words: () => ChannelWords;
}

/** Tells people of no organisation, once in each conversation, that we cannot talk with them. Does not wait. */
export function createExternalUserNotice({ connector, log, words }: NoticeNeeds) {
  const notified = new LRUCache<string, true>({ max: mostNotified });
  return ({ place, to }: Pick<ChannelEvent, 'place' | 'to'>): void => {
    if (notified.get(place)) return;
    notified.set(place, true);
    const address = addressShape.parse(to);
    const activity = {
      type: 'message',
      textFormat: 'plain',
      text: words().line('channel-external-user'),
      from: { id: address.bot },
    };
    connector
      .send(address, activity)
      .catch((error: unknown) => log.info({ err: error }, 'an external user was not told'));
  };
}
