import { LRUCache } from 'lru-cache';
import type { Log } from '../../domain/ports.ts';
import type { ChannelEvent } from '../inbound.ts';
import type { Connector } from './connector.ts';
import { addressShape } from './events.ts';
import { words } from './words.ts';

/** Conversations that are remembered; the oldest go first. */
const mostNotified = 1_000;

/** Tells people of no organisation, once in each conversation, that we cannot talk with them. Does not wait. */
export function createExternalUserNotice({ connector, log }: { readonly connector: Connector; readonly log: Log }) {
  const notified = new LRUCache<string, true>({ max: mostNotified });
  return ({ place, to }: Pick<ChannelEvent, 'place' | 'to'>): void => {
    if (notified.get(place)) return;
    notified.set(place, true);
    const address = addressShape.parse(to);
    const activity = { type: 'message', textFormat: 'plain', text: words.externalUser, from: { id: address.bot } };
    connector
      .send(address, activity)
      .catch((error: unknown) => log.info({ err: error }, 'an external user was not told'));
  };
}
