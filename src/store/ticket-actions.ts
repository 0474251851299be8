import type { Transaction } from 'kysely';
import type { Activity, StoredActivity, StoredInbound } from '../domain/activity.ts';
import type { Events } from '../domain/events.ts';
import type { AgentAction, Clock, TicketActions } from '../domain/ports.ts';
import { append, appendToAnswer } from './activities.ts';
import type { Instant } from '../domain/instant.ts';
import { markDue } from './addresses.ts';
import { runOn } from './prepared.ts';
import { personSaid } from './reading.ts';
import { markPostsStale } from './ticket-posts.ts';
import type { Schema } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';

/** What agents do with the stored tickets. */
export function createTicketActions(db: StoreDatabase, clock: Clock, events: Events): TicketActions {
  return {
    async act(action) {
      const { done, stored } = await db.atomically((tx) => act(tx, action, { at: clock.now(), owner: db.owner }));
      if (done !== 'now') return done;
      const { conversationId, said, asked } = stored;
      if (said.length > 0) events.emit('activities-stored', conversationId, said);
      if (asked) events.emit('turn-pending', conversationId, asked);
      events.emit('ticket-changed', action.ticket);
      return done;
    },
  };
}

/** What an action stored in the conversation. */
interface Stored {
  readonly conversationId: string;
  readonly said: readonly StoredActivity[];
  /** What this process is to answer. */
  readonly asked: StoredInbound | null;
}
type Acted =
  | { readonly done: 'refused' | 'again'; readonly stored?: undefined }
  | { readonly done: 'now'; readonly stored: Stored };

async function act(tx: Transaction<Schema>, action: AgentAction, now: Now): Promise<Acted> {
  const { at } = now;
  if (await wasDone(tx, action.id)) return { done: 'again' };
  const conversationId = await change(tx, action, at);
  if (conversationId === null) return { done: 'refused' };
  await remember(tx, action, at);
  if (action.becomes) await runOn(tx, markPostsStale({ number: action.ticket }));
  const { answering, says = [], asks } = action;
  if (answering !== undefined)
    await tx
      .updateTable('conversations')
      // A turn that was begun before finds another version, and is begun anew.
      .set((row) => ({ answering: answering && JSON.stringify(answering), version: row('version', '+', 1) }))
      .where('id', '=', conversationId)
      .execute();
  const said: StoredActivity[] = [];
  for (const reply of says) {
    const stored = await runOn(tx, append(conversationId, ours({ type: 'reply', reply }, at)));
    said.push(stored);
    if (reply.kind === 'person')
      await runOn(tx, personSaid({ id: conversationId, name: reply.name, seq: stored.seq, at }));
  }
  if (says.length > 0) await runOn(tx, markDue({ id: conversationId, at }));
  const asked = asks ? await runOn(tx, appendToAnswer(conversationId, ours(asks, at), now.owner)) : null;
  return { done: 'now', stored: { conversationId, said, asked: asked?.isOurs ? asked.stored : null } };
}

interface Now {
  readonly at: Instant;
  /** This process. */
  readonly owner: string;
}

function ours(activity: Activity, at: Instant) {
  return { activity, at, author: null, clientId: null, attempts: null };
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
