import { SupportError } from '../domain/errors.ts';
import type { Transaction } from 'kysely';
import type { ActionDone, AgentAction, Clock, StoredActivity, Wire, Work } from '../domain/ports.ts';
import type { Instant } from '../domain/instant.ts';
import { nowDue } from './addresses.ts';
import { changedOnBoards } from './escalations.ts';
import * as queries from './queries.ts';
import type { Database, Schema } from './schema.ts';

/** What agents do with the stored tickets. */
export function createWork(db: Database, clock: Clock): Work {
  return {
    act: (action) => db.transaction().execute((tx) => act(tx, action, clock.now())),
  };
}

async function act(tx: Transaction<Schema>, action: AgentAction, at: Instant): Promise<ActionDone> {
  if (await wasDone(tx, action.id)) return { done: 'again' };
  const conversationId = await change(tx, action, at);
  if (conversationId === null) return { done: 'refused' };
  await remember(tx, action, at);
  if (action.becomes) await changedOnBoards(tx, { number: action.ticket });
  const { answering, says = [], asks } = action;
  if (answering !== undefined)
    await tx
      .updateTable('conversations')
      // A turn that was begun before finds another version, and is begun anew.
      .set((row) => ({ answering: answering && JSON.stringify(answering), version: row('version', '+', 1) }))
      .where('id', '=', conversationId)
      .execute();
  const activities: StoredActivity[] = [];
  for (const said of says) activities.push(await append(tx, conversationId, said, null));
  if (says.length > 0) await nowDue(tx, { id: conversationId, at });
  if (asks) await append(tx, conversationId, asks, 0);
  return { done: 'now', conversationId, activities };
}

async function wasDone(tx: Transaction<Schema>, id: string): Promise<boolean> {
  return (await tx.selectFrom('audit').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** The conversation of the changed ticket; null where the ticket was not as it was to be. */
async function change(tx: Transaction<Schema>, action: AgentAction, at: Instant): Promise<string | null> {
  const { ticket, when, becomes } = action;
  const holder = becomes && { holder_id: becomes.holder?.id ?? null, holder_name: becomes.holder?.name ?? null };
  // An action that changes nothing still takes the row, so that no other comes between.
  const changed = becomes ? { state: becomes.state, since: at, ...holder, ...closing(becomes) } : { number: ticket };
  const row = await tx
    .updateTable('work')
    .set(changed)
    .where('number', '=', ticket)
    .where('state', 'in', when.states)
    .$if(when.holder === null, (query) => query.where('holder_id', 'is', null))
    .$if(typeof when.holder === 'string', (query) => query.where('holder_id', '=', when.holder ?? ''))
    .returning('conversation_id')
    .executeTakeFirst();
  return row?.conversation_id ?? null;
}

function closing({ state, trueCause = null }: NonNullable<AgentAction['becomes']>) {
  return state === 'closed' ? { true_cause: trueCause, solved: null } : { true_cause: null };
}

async function remember(tx: Transaction<Schema>, action: AgentAction, at: Instant): Promise<void> {
  const { id, ticket: number, by, note } = action;
  const entry = { actor_id: by.id, actor_name: by.name, action: action.action, detail: action.detail ?? null };
  await tx
    .insertInto('audit')
    .values({ id, at, number, ...entry })
    .execute();
  if (note === undefined) return;
  await tx.insertInto('notes').values({ id, number, at, author_id: by.id, author_name: by.name, text: note }).execute();
}

async function append(
  tx: Transaction<Schema>,
  id: string,
  activity: Wire,
  attempts: number | null,
): Promise<StoredActivity> {
  const [next] = await queries.nextSeq(tx, { id });
  if (!next) throw new SupportError('conversation-unknown');
  const seq = next.last_seq;
  await queries.addActivity(tx, { id, seq, clientId: null, attempts, activity: JSON.stringify(activity) });
  return { seq, activity };
}
