import type { InboundActivity } from '../../domain/activity.ts';
import type { Events } from '../../domain/events.ts';
import type { Conversations, Random } from '../../domain/ports.ts';
import { SupportError } from '../../domain/errors.ts';
import { toMessage } from '../customer-message.ts';
import { createFindRatedAnswer } from '../rated-answers.ts';
import { isHub, type HubAccess } from './hand-off.ts';
import { activityId } from './activity.ts';
import type { ClientActivity } from './read-activity.ts';
import { ratedBy } from './thumbs.ts';

/** What taking needs. */
export interface TakeNeeds {
  readonly store: Conversations;
  readonly events: Events;
  readonly random: Random;
  /** Null: no hub may take over. */
  readonly hubAccess: HubAccess | null;
}

/** Stores what a client sent; the id of what was stored, empty where nothing was. Throws `answer-unknown`, or what a hand-off is refused with. */
export type TakeActivity = (id: string, userId: string, sent: ClientActivity) => Promise<{ readonly id: string }>;

/** Takes a client's activities into the store; their turns follow. */
export function createTakeActivity({ store, events, random, hubAccess }: TakeNeeds): TakeActivity {
  const find = createFindRatedAnswer(store);

  async function activityOf(
    id: string,
    { type, thumb, zone, ...written }: ClientActivity,
  ): Promise<InboundActivity | null> {
    if (thumb) return { type: 'event', name: 'answer-rated', ...(await ratedBy(thumb, id, find)) };
    return type === 'message' ? { ...toMessage(written), ...(zone !== undefined && { zone }) } : null;
  }

  return async (id, userId, sent) => {
    const { type, articleRead, thumb, handOff, clientActivityId } = sent;
    if (handOff) {
      if (!hubAccess || !isHub(userId)) throw new SupportError('not-allowed', { detail: 'Only the hub may do this.' });
      await hubAccess.take(id, handOff);
    }
    if (type === 'typing') events.emit('customer-typing', id);
    if (articleRead !== null) {
      const activity = { type: 'event', name: 'article-read', article: articleRead } as const;
      // Told once in a conversation, however often its page is opened.
      await store.receive(id, { clientId: `article:${articleRead}`, author: userId, activity });
    }
    const activity = await activityOf(id, sent);
    if (!activity) return { id: '' };
    const clientId = `${thumb ? 'rated' : 'client'}:${clientActivityId ?? random.id(22)}`;
    const { stored } = await store.receive(id, { clientId, author: userId, activity });
    return { id: activityId(id, stored.seq) };
  };
}
