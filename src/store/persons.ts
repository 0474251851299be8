import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { Activity } from '../domain/activity.ts';
import type { Events } from '../domain/events.ts';
import type { Random } from '../domain/ports.ts';
import type { ElsewhereStored, Persons } from '../domain/privacy.ts';
import { findPerson, ticketsIn, type PersonalKeys } from './find-person.ts';
import { emptyTally, removeConversation, removeTickets, tallied, trim, type Tally } from './forget.ts';
import { personalRows } from './personal-tables.ts';
import type { Database, Schema } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';
import { builtIn } from './tickets.ts';

const [triesToScrub, againMs] = [100, 100];

/** What is stored of people. */
export function createPersons(db: StoreDatabase, { random, events }: { random: Random; events: Events }): Persons {
  return {
    find: async (person) => personalRows(db, await findPerson(db, person)),

    async erase(person) {
      const keys = await findPerson(db, person);
      const tally = emptyTally();
      const elsewhere = await storedElsewhere(db, keys.tickets);
      // A process that ends in the middle is begun anew: what is not erased yet must still be found then.
      for (const id of keys.conversations) {
        await trim(db, id, await lastSeqOf(db, id), tally);
        await db.atomically(async (tx) => {
          await removeTickets(tx, await ticketsIn(tx, [id]), random, tally);
          await removeConversation(tx, id, random, tally);
        });
      }
      for (const number of keys.tickets) await db.atomically((tx) => removeTickets(tx, [number], random, tally));
      for (const id of keys.shared) await db.atomically((tx) => takeOutOf(tx, id, keys, tally));
      await removeLinks(db, keys, tally);
      events.emit('conversations-gone', keys.conversations);
      for (const number of keys.tickets) events.emit('ticket-changed', number);
      await scrub(db);
      return { ...tally, elsewhere };
    },
  };
}

/** Waits for whoever reads for a moment, such as a backup; what is left is overwritten with the next that is written. */
async function scrub(db: Pick<StoreDatabase, 'scrub'>): Promise<void> {
  for (let tried = 0; tried < triesToScrub && !(await db.scrub()); tried += 1) await sleep(againMs);
}

async function lastSeqOf(db: Database, id: string): Promise<number> {
  const row = await db.selectFrom('conversations').select('last_seq').where('id', '=', id).executeTakeFirst();
  return row?.last_seq ?? 0;
}

/** What desks have, or may have, of these tickets, and which posts show them. */
async function storedElsewhere(db: Database, numbers: readonly string[]): Promise<ElsewhereStored[]> {
  if (numbers.length === 0) return [];
  const atDesks = await db
    .selectFrom('outbox')
    .innerJoin('work', 'work.number', 'outbox.number')
    .select(['outbox.number as ticket', 'desk as where', 'ref_id as ref', 'ref_url as url'])
    .where('outbox.id', 'in', numbers)
    .where('desk', '!=', builtIn)
    // One whose delivery was begun may have arrived.
    .where('attempts', '>', 0)
    .execute();
  const shown = await db
    .selectFrom('ticket_posts')
    .select(['number as ticket', 'channel as where', 'ref'])
    .where('number', 'in', numbers)
    .where('ref', 'is not', null)
    .execute();
  return [...atDesks.map((one) => ({ ...one })), ...shown.map((post) => ({ ...post, url: null }))];
}

/** Where others read along, only this person's words go, and what the bot remembered of the talk. */
async function takeOutOf(tx: Transaction<Schema>, id: string, { users }: PersonalKeys, tally: Tally): Promise<void> {
  const mine = await tx
    .selectFrom('activities')
    .select(['seq', 'activity'])
    .where('conversation_id', '=', id)
    .where('author', 'in', users)
    .execute();
  for (const { seq, activity } of mine) {
    const without = { ...withoutWords(JSON.parse(activity) as Activity), author: 'erased' };
    const done = await tx
      .updateTable('activities')
      .set(without)
      .where('conversation_id', '=', id)
      .where('seq', '=', seq)
      .execute();
    tallied(tally.anonymous, 'activities', done);
    const asked = tx.deleteFrom('unanswered').where('conversation_id', '=', id).where('seq', '=', seq);
    tallied(tally.removed, 'unanswered', await asked.execute());
  }
  const talk = tx.updateTable('conversations').where('id', '=', id);
  await talk.set((row) => ({ state: null, version: row('version', '+', 1) })).execute();
  tallied(
    tally.anonymous,
    'conversations',
    await talk.set({ user_id: 'erased' }).where('user_id', 'in', users).execute(),
  );
  for (const table of ['feedback', 'article_feedback'] as const)
    await tx.updateTable(table).set({ reason: null }).where('conversation_id', '=', id).execute();
}

function withoutWords(activity: Activity) {
  return {
    activity: JSON.stringify(activity.type === 'message' ? { type: 'message', text: '', deleted: true } : activity),
  };
}

async function removeLinks(db: Database, { users, linkCodes }: PersonalKeys, { removed }: Tally): Promise<void> {
  if (users.length > 0)
    tallied(removed, 'links', await db.deleteFrom('links').where('channel_user', 'in', users).execute());
  if (linkCodes.length > 0)
    tallied(removed, 'link_codes', await db.deleteFrom('link_codes').where('hash', 'in', linkCodes).execute());
}
