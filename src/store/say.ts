import type { Transaction } from 'kysely';
import type { Activity, StoredActivity } from '../domain/activity.ts';
import type { Instant } from '../domain/instant.ts';
import type { Reply } from '../domain/reply.ts';
import { append } from './activities.ts';
import { markDue } from './addresses.ts';
import { runOn } from './prepared.ts';
import { personSaid } from './reading.ts';
import type { Schema } from './schema.ts';

/** What was said in a conversation. */
export interface Said {
  readonly conversationId: string;
  readonly activities: readonly StoredActivity[];
}

/** Says something in a conversation that no turn says; `isUnread`: what a person says in it waits for being read, or is mailed. */
export async function say(
  tx: Transaction<Schema>,
  conversationId: string,
  { says, at, isUnread = true }: { readonly says: readonly Reply[]; readonly at: Instant; readonly isUnread?: boolean },
): Promise<Said> {
  const activities: StoredActivity[] = [];
  for (const reply of says) {
    const stored = await runOn(tx, append(conversationId, ours({ type: 'reply', reply }, at)));
    activities.push(stored);
    if (reply.kind === 'person' && isUnread)
      await runOn(tx, personSaid({ id: conversationId, name: reply.name, seq: stored.seq, at }));
  }
  await runOn(tx, markDue({ id: conversationId, at }));
  return { conversationId, activities };
}

/** Something of ours, which nobody is to answer. */
export function ours(activity: Activity, at: Instant) {
  return { activity, at, author: null, clientId: null, attempts: null };
}
