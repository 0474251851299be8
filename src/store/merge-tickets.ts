import type { Transaction } from 'kysely';
import type { Instant } from '../domain/instant.ts';
import type { AgentAction } from '../domain/ports.ts';
import { runOn } from './prepared.ts';
import { say, type Said } from './say.ts';
import type { Schema } from './schema.ts';
import { deskOf } from './ticket-queries.ts';
import { markPostsStale } from './ticket-posts.ts';
import { builtIn, fileDelivery } from './tickets.ts';

type Merging = NonNullable<AgentAction['merges']>;
type Row = Awaited<ReturnType<typeof rowOf>>;

/** A ticket that goes on in another one, and that one, as they stand before. */
export interface Pair {
  readonly gone: NonNullable<Row>;
  readonly kept: NonNullable<Row>;
  readonly merging: Merging;
}

/** Null: there is nothing that it can go on in. */
export async function pairOf(tx: Transaction<Schema>, ticket: string, merging: Merging): Promise<Pair | null> {
  const [gone, kept] = [await rowOf(tx, ticket), await rowOf(tx, merging.into)];
  return gone && kept && kept.state !== 'closed' && kept.number !== gone.number ? { gone, kept, merging } : null;
}

function rowOf(tx: Transaction<Schema>, number: string) {
  return tx
    .selectFrom('work')
    .select(['number', 'conversation_id', 'state', 'waits_since', 'unread'])
    .where('number', '=', number)
    .executeTakeFirst();
}

/** The kept ticket gets what the other had: who waits, what is unread, what was merged into it before. Customer and desks are told. */
export async function join(
  tx: Transaction<Schema>,
  { gone, kept, merging }: Pair,
  { id, by }: AgentAction,
  { at, desk }: { readonly at: Instant; readonly desk: string },
): Promise<Said[]> {
  const waits = [gone.waits_since, kept.waits_since].filter((since) => since !== null);
  await tx
    .updateTable('work')
    .set({ unread: gone.unread + kept.unread, waits_since: waits.length > 0 ? Math.min(...waits) : null })
    .where('number', '=', kept.number)
    .execute();
  await tx.updateTable('work').set({ merged_into: kept.number }).where('merged_into', '=', gone.number).execute();
  const entry = {
    id: `${id}:kept`,
    at,
    number: kept.number,
    action: 'merge',
    detail: `${gone.number} into this`,
  } as const;
  await tx
    .insertInto('audit')
    .values({ ...entry, actor_id: by.id, actor_name: by.name })
    .execute();
  await runOn(tx, markPostsStale({ number: kept.number }));
  const said: Said[] = [];
  for (const conversationId of new Set([gone.conversation_id, kept.conversation_id]))
    said.push(await say(tx, conversationId, { says: [merging.tells], at }));
  for (const { number, conversation_id: conversationId } of [gone, kept])
    await tellDesk(tx, { number, said: said.find((one) => one.conversationId === conversationId), desk, at });
  return said;
}

/** An external desk gets the sentence behind what it has of the ticket. */
async function tellDesk(
  tx: Transaction<Schema>,
  {
    number,
    said,
    desk,
    at,
  }: { readonly number: string; readonly said: Said | undefined; readonly desk: string; readonly at: Instant },
): Promise<void> {
  const [filed] = await runOn(tx, deskOf({ id: number }));
  const [activity] = said?.activities ?? [];
  if (!said || !activity || desk === builtIn || !filed || filed.desk === builtIn) return;
  const { seq } = activity;
  const { conversationId } = said;
  await runOn(tx, fileDelivery({ id: `${number}/${seq}`, number, seq, question: null, conversationId, desk, at }));
}
