import type { ActivitySet, WireActivity } from '../../domain/direct-line.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Random, StoredActivity } from '../../domain/ports.ts';
import { isSecret } from '../../http/secret.ts';
import type { HubTalks } from '../hand-off.ts';
import { activityId } from './activity.ts';
import type { Shown } from './hub.ts';

/** What a hub's access is made from. */
export interface HubAccessNeeds {
  readonly key: string;
  readonly hubTalks: HubTalks;
  readonly random: Random;
}

/** What a live-agent hub may do that speaks Direct Line for its customers, and nobody else. */
export interface HubAccess extends Pick<HubTalks, 'take'> {
  /** The user id for whoever shows the hub's key; null: no key was shown. Throws `token-invalid`. */
  userFor(authorization: string | undefined): string | null;
  /** What adds the hand-offs that stand in these activities to a set; undefined: whoever has such a token is no hub. */
  completeFor(userId: string): Shown['complete'];
}

/** Whether the token is of a hub: only its key makes such a user id. */
export const isHub = (userId: string): boolean => userId.startsWith('hub_');

/** For whoever shows the key. */
export function createHubAccess({ key, hubTalks, random }: HubAccessNeeds): HubAccess {
  async function complete(id: string, stored: readonly StoredActivity[], set: ActivitySet): Promise<ActivitySet> {
    const events = new Map<string, WireActivity>();
    for (const one of stored) {
      const event = await hubTalks.eventBehind(id, one);
      if (event) events.set(activityId(id, one.seq), event);
    }
    const activities = set.activities.flatMap((one) => {
      const event = events.get(one.id ?? '');
      return event ? [one, event] : [one];
    });
    return { ...set, activities };
  }

  return {
    userFor(authorization) {
      if (authorization === undefined) return null;
      if (!isSecret(authorization, `Bearer ${key}`)) throw new SupportError('token-invalid');
      return `hub_${random.id(22)}`;
    },
    completeFor: (userId) => (isHub(userId) ? complete : undefined),
    take: (...told) => hubTalks.take(...told),
  };
}
