import type { Transaction } from 'kysely';
import type { StoredInbound } from '../domain/activity.ts';
import type { AgentAction, TalkChange, TicketActions } from '../domain/ports.ts';
import { priorities } from '../domain/ticket.ts';
import { appendToAnswer } from './activities.ts';
import type { StoreNeeds } from './commit-turn.ts';
import { join, pairOf } from './merge-tickets.ts';
import { ours, say, type Said } from './say.ts';
import { answered } from './ticket-queries.ts';
import type { Instant } from '../domain/instant.ts';
import { runOn } from './prepared.ts';
import { markPostsStale } from './ticket-posts.ts';
import type { Schema } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';

/** What agents do with the stored tickets; `desk`: where new ones go. */
export function createTicketActions(
  db: StoreDatabase,
  { clock, events, desk }: Pick<StoreNeeds, 'clock' | 'events' | 'desk'>,
): TicketActions {
  return {
    async see(ticket, { id }, unread) {
      const seen = await db
        .updateTable('work')
        .set({ unread: 0 })
        .where('number', '=', ticket)
        .where('unread', '=', unread)
        .where((row) => row.or([row('holder_id', 'is', null), row('holder_id', '=', id)]))
        .returning('number')
        .execute();
      if (seen.length > 0 && unread > 0) events.emit('ticket-changed', ticket);
    },
    async act(action) {
      const now = { at: clock.now(), owner: db.owner, desk };
      const { done, stored } = await db.atomically((tx) => act(tx, action, now));
      if (done !== 'now') return done;
      for (const { conversationId, activities } of stored.said)
        events.emit('activities-stored', conversationId, activities);
      for (const { conversationId, asked } of stored.asked) events.emit('turn-pending', conversationId, asked);
      events.emit('ticket-changed', action.ticket);
      if (action.merges) events.emit('ticket-changed', action.merges.into);
      return done;
    },
  };
}

/** What an action stored in conversations, first in that of its ticket. */
interface Stored {
  readonly said: readonly Said[];
  /** What this process is to answer. */
  readonly asked: readonly { readonly conversationId: string; readonly asked: StoredInbound }[];
}
type Acted =
  | { readonly done: 'refused' | 'again'; readonly stored?: undefined }
  | { readonly done: 'now'; readonly stored: Stored };

async function act(tx: Transaction<Schema>, action: AgentAction, now: Now): Promise<Acted> {
  const { at } = now;
  if (await wasDone(tx, action.id)) return { done: 'again' };
  const joined = action.merges ? await pairOf(tx, action.ticket, action.merges) : null;
  if (action.merges && !joined) return { done: 'refused' };
  if (!(await change(tx, action, at))) return { done: 'refused' };
  await remember(tx, action, at);
  if (action.becomes || action.priority) await runOn(tx, markPostsStale({ number: action.ticket }));
  const { talks = [] } = action;
  const said = await inTalks(tx, talks, at);
  if (joined) said.push(...(await join(tx, joined, action, now)));
  return { done: 'now', stored: { said, asked: await askBot(tx, talks, now) } };
}

async function askBot(
  tx: Transaction<Schema>,
  talks: readonly TalkChange[],
  { at, owner }: Now,
): Promise<Stored['asked']> {
  const all: Stored['asked'][number][] = [];
  for (const { conversationId, asks } of talks) {
    const asked = asks && (await runOn(tx, appendToAnswer(conversationId, ours(asks, at), owner)));
    if (asked?.isOurs) all.push({ conversationId, asked: asked.stored });
  }
  return all;
}

/** Where the customer wrote last an answer waits for being read: of one that stands in several talks one mail is enough. */
async function inTalks(tx: Transaction<Schema>, talks: readonly TalkChange[], at: Instant): Promise<Said[]> {
  const last = await writtenLast(tx, talks);
  const said: Said[] = [];
  for (const { conversationId, answering, says } of talks) {
    if (answering !== undefined)
      await tx
        .updateTable('conversations')
        // A turn that was begun before finds another version, and is begun anew.
        .set((row) => ({ answering: answering && JSON.stringify(answering), version: row('version', '+', 1) }))
        .where('id', '=', conversationId)
        .execute();
    if (says.length > 0) said.push(await say(tx, conversationId, { says, at, isUnread: conversationId === last }));
  }
  return said;
}

async function writtenLast(tx: Transaction<Schema>, talks: readonly TalkChange[]): Promise<string | undefined> {
  const ids = talks.map(({ conversationId }) => conversationId);
  if (ids.length < 2) return ids[0];
  const row = await tx
    .selectFrom('activities')
    .select('conversation_id')
    .where('conversation_id', 'in', ids)
    .where('author', 'is not', null)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.conversation_id ?? ids[0];
}

interface Now {
  readonly at: Instant;
  /** This process. */
  readonly owner: string;
  /** Where new tickets go. */
  readonly desk: string;
}

async function wasDone(tx: Transaction<Schema>, id: string): Promise<boolean> {
  return (await tx.selectFrom('audit').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** False: the ticket was not as it was to be. */
async function change(tx: Transaction<Schema>, action: AgentAction, at: Instant): Promise<boolean> {
  const { ticket, when, becomes, priority } = action;
  const holder = becomes && { holder_id: becomes.holder?.id ?? null, holder_name: becomes.holder?.name ?? null };
  // An action that changes nothing still takes the row, so that no other comes between.
  const changed = becomes ? { state: becomes.state, since: at, ...holder, ...closing(becomes) } : { number: ticket };
  const ranked = priority && { priority: priorities.indexOf(priority), ranked: 1 };
  const settled = (action.action === 'reply' || becomes?.state === 'closed') && answered;
  const row = await tx
    .updateTable('work')
    .set({ ...changed, ...ranked, ...settled, ...(action.merges && { merged_into: action.merges.into }) })
    .where('number', '=', ticket)
    .where('state', 'in', when.states)
    .$if(when.holder === null, (query) => query.where('holder_id', 'is', null))
    .$if(typeof when.holder === 'string', (query) => query.where('holder_id', '=', when.holder ?? ''))
    .$if(when.priority !== undefined, (query) =>
      query.where('priority', '=', priorities.indexOf(when.priority ?? 'normal')),
    )
    .returning('number')
    .executeTakeFirst();
  return row !== undefined;
}

function closing({ state, trueCause = null }: NonNullable<AgentAction['becomes']>) {
  return state === 'closed' ? { true_cause: trueCause, solved: null } : { true_cause: null, merged_into: null };
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
