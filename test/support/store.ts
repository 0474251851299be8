import { createEvents } from '../../src/domain/events.ts';
import type { Clock, InboundActivity, Random, Store, StoredActivity } from '../../src/domain/ports.ts';
import type { StoreNeeds } from '../../src/store/commit-turn.ts';
import { createStore } from '../../src/store/index.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';

let ids = 0;
const random: Random = { id: (length) => String((ids += 1)).padStart(length, '0') };

/** A store whose new tickets go to the built-in desk and are shown in no channel, unless said otherwise. */
export function storeOver(db: StoreDatabase, clock: Clock, differs: Partial<StoreNeeds> = {}): Promise<Store> {
  return createStore(db, { clock, random, events: createEvents(), desk: 'built-in', feeds: [], ...differs });
}

/** What a customer wrote, as it comes into the store. */
export function written(text: string, clientId = `client:${text}`) {
  return inbound({ type: 'message', text }, clientId);
}

/** An activity of the customer `dl_1` on its way into the store. */
export function inbound(activity: InboundActivity, clientId: string) {
  return { clientId, author: 'dl_1', activity };
}

/** What was written or said; nothing for an event. */
export function textOf(one: StoredActivity): string {
  if (one.type === 'reply') return one.reply.text;
  return one.type === 'message' ? one.text : '';
}
