import type { Log } from '../../domain/ports.ts';
import type { ChannelEvent } from '../inbound.ts';
import type { Connector } from './connector.ts';
import { addressShape } from './events.ts';
import { words } from './words.ts';

/** Conversations that are remembered as told; the oldest go first. */
const most = 1_000;

/** Tells people of no organisation, once in each conversation, that we cannot talk with them. Does not wait. */
export function createExternalUserNotice({ connector, log }: { readonly connector: Connector; readonly log: Log }) {
  const told = new Set<string>();
  return ({ place, to }: Pick<ChannelEvent, 'place' | 'to'>): void => {
    if (told.has(place)) return;
    const [oldest] = told;
    if (told.size >= most && oldest !== undefined) told.delete(oldest);
    told.add(place);
    const address = addressShape.parse(to);
    const activity = { type: 'message', textFormat: 'plain', text: words.externalUser, from: { id: address.bot } };
    connector
      .send(address, activity)
      .catch((error: unknown) => log.info({ err: error }, 'an external user was not told'));
  };
}
