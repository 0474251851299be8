import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Message, StoredActivity } from '../../src/domain/activity.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { toClient } from '../../src/channels/direct-line/activity.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { ticketNumbered, ticketOfSomeone, verified } from '../desks/tickets.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver, written } from '../support/store.ts';
import { everyKind, memoryThen, noon, openEarlier, put, putTalk, putTicket, stateThen } from './earlier.ts';

const clock = fakeClock();
const talk = { id: 'talk', channel: 'direct-line', userId: 'dl_1', subject: null, shared: false, locale: 'en' };

describe('the store’s file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'latchkey-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = async (inFolder = folder) => {
    const db = openSqlite(inFolder);
    return { db, store: await storeOver(db, clock) };
  };

  it('is made with its folder, readable by its owner alone', async () => {
    const inside = join(folder, 'not', 'there', 'yet');
    const { store } = await open(inside);
    await store.ready();
    await store.close();
    assert.equal(statSync(join(inside, 'latchkey.db')).mode & 0o777, 0o600);
    assert.equal(statSync(inside).mode & 0o777, 0o700);
  });

  it('has every migration applied once, however often it is opened', async () => {
    for (let i = 0; i < 3; i += 1) {
      const { db, store } = await open();
      const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
      assert.deepEqual(
        rows.map(({ name }) => name),
        Object.keys(migrations),
      );
      await store.close();
    }
  });

  it('keeps what is in it when it is opened again', async () => {
    const first = (await open()).store;
    await first.open(talk);
    await first.receive('talk', written('kept'));
    await first.close();
    const again = (await open()).store;
    assert.equal((await again.load('talk'))?.userId, 'dl_1');
    assert.deepEqual(await again.withPending(), ['talk']);
    const { type, text } = (await again.nextPending('talk')) as Message;
    assert.deepEqual([type, text], ['message', 'kept']);
    await again.close();
  });

  it('survives power loss after a commit: a log that is written ahead, and synced every time', async () => {
    const { db, store } = await open();
    const pragma = async (name: string) => {
      const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db);
      return rows[0]?.[name];
    };
    assert.equal(await pragma('journal_mode'), 'wal');
    assert.equal(await pragma('synchronous'), 2);
    await store.close();
  });

  it('is refused when a newer version made it: nothing is changed in it', async () => {
    const { db, store } = await open();
    await sql`insert into kysely_migration values ('999-later', '2030-01-01')`.execute(db);
    await store.close();
    await assert.rejects(open(), /this version cannot use/);
  });

  it('is refused when it is no database', async () => {
    writeFileSync(join(folder, 'latchkey.db'), 'this is a letter, not a database'.repeat(100));
    await assert.rejects(open(), /its database is damaged, or not one of ours/);
  });
});

const withoutBlocks = (drawn: unknown): unknown =>
  JSON.parse(JSON.stringify(drawn, (name, value: unknown) => (name === 'blocks' ? undefined : value)));
/** The rows of `everyKind` as the store of now gives them. */
const typed = everyKind.map(({ is, author, seconds }, i): StoredActivity => ({
  ...is,
  seq: i + 1,
  at: seconds === null ? 0 : noon + seconds * 1_000,
  author,
}));

describe('what an earlier version stored', () => {
  let db: StoreDatabase;
  beforeEach(async () => (db = await openEarlier()));
  afterEach(() => db.destroy());

  const talkWithEveryKind = () =>
    putTalk(
      db,
      'talk',
      everyKind.map(({ then }) => then),
    );

  it('reads as what it is, complete, in its order and under its numbers', async () => {
    await talkWithEveryKind();
    const store = await storeOver(db, clock);
    assert.deepEqual(await store.activitiesAfter('talk', 0, 100), typed);
    assert.deepEqual(await store.activitiesAfter('talk', 17, 1), typed.slice(17, 18));
    const { stored } = await store.receive('talk', written('new'));
    assert.equal(stored.seq, typed.length + 1);
  });

  it('is sent to a client as it was before', async () => {
    await talkWithEveryKind();
    const stored = await (await storeOver(db, clock)).activitiesAfter('talk', 0, 100);
    const ofOurs = ['files', 'removed', 'cut', 'deleted'];
    const shown = everyKind.flatMap(({ then, is }, i) => {
      const drawn = Object.fromEntries(Object.entries(then).filter(([member]) => !ofOurs.includes(member)));
      const id = `talk|${String(i + 1).padStart(7, '0')}`;
      return is.type === 'event' ? [] : [{ ...drawn, id, channelId: 'directline', conversation: { id: 'talk' } }];
    });
    assert.deepEqual(
      stored.flatMap((one) => withoutBlocks(toClient('talk', one)) ?? []),
      shown,
    );
  });

  it('waits for its turn where it did, and is known again when it comes again', async () => {
    await talkWithEveryKind();
    const last = everyKind.length;
    await sql`update activities set attempts = 2, client_id = 'client:now' where seq = ${last}`.execute(db);
    await sql`update activities set attempts = 0, client_id = 'start' where seq = 1`.execute(db);
    const store = await storeOver(db, clock);
    assert.deepEqual(await store.withPending(), ['talk']);
    assert.deepEqual(await store.nextPending('talk'), { ...typed[0], attempts: 0 });
    await sql`update activities set attempts = null where seq = 1`.execute(db);
    assert.deepEqual(await store.nextPending('talk'), { ...typed.at(-1), attempts: 2 });
    const again = await store.receive('talk', written('and now?', 'client:now'));
    assert.deepEqual(again, { stored: typed.at(-1), duplicate: true });
    await store.forget('talk', 'client:now', null);
    const [forgotten] = await store.activitiesAfter('talk', last - 1, 1);
    assert.deepEqual(forgotten, { ...typed.at(-1), text: '', deleted: true });
  });

  it('is all there where it is more than a page, of activities and of states', async () => {
    const talks = { a: 1, b: 499, c: 500, d: 501 };
    const text = (id: string, i: number) => `${id} ${i}`;
    for (const [id, count] of Object.entries(talks)) {
      const said = Array.from({ length: count }, (_, i) => ({ type: 'message', text: text(id, i), from: { id } }));
      await putTalk(db, id, said);
    }
    for (let i = 0; i < 1_001; i += 1) await putTalk(db, `state ${i}`, [], { state: stateThen([]) });
    const store = await storeOver(db, clock);
    for (const [id, count] of Object.entries(talks))
      assert.deepEqual(
        await store.activitiesAfter(id, 0, 1_000),
        Array.from({ length: count }, (_, i) => ({
          ...{ type: 'message', text: text(id, i), seq: i + 1, at: 0, author: id },
        })),
      );
    const { rows } = await sql`select id from conversations where state like '{"v":5,%'`.execute(db);
    assert.equal(rows.length, 1_001);
  });

  it('is counted and shown where it was, by the words of now', async () => {
    const at = Date.UTC(2026, 10, 22);
    const of = { conversation_id: 'talk', episode: 2, at };
    await put(db, 'shown', { ...of, article: 'seats', cause: 'no-seat' });
    await put(db, 'outcomes', { ...of, outcome: 'confirmed', cause: 'no-seat' });
    await put(db, 'feedback', { ...of, answered: 0, reason: 'why-steps', cause: 'no-seat', article: 'seats' });
    await put(db, 'audit', {
      ...{ at, id: 'a1', actor_id: 'op', actor_name: 'Op', action: 'revive', number: 'LK-1', detail: null },
    });
    await put(db, 'audit', {
      ...{ at: at + 1, id: 'a2', actor_id: 'op', actor_name: 'Op', action: 'claim', number: 'LK-1', detail: 'x' },
    });
    await putTicket(db, ticketNumbered('LK-1'));
    const board = { number: 'LK-1', channel: 'slack', opened_at: at };
    await put(db, 'escalations', { ...board, ref: 'C1/17', wanted: 3, shown: 2 });
    await put(db, 'escalations', { ...board, channel: 'teams', ref: null, wanted: 1, shown: 1 });

    const store = await storeOver(db, clock);
    const rowsOf = async (table: 'shown' | 'outcomes' | 'feedback') =>
      (await db.selectFrom(table).selectAll().execute()).map((row) => ({ ...row }));
    const now = { conversation_id: 'talk', complaint: 2, at };
    assert.deepEqual(await rowsOf('shown'), [{ ...now, article: 'seats', cause: 'no-seat' }]);
    assert.deepEqual(await rowsOf('outcomes'), [{ ...now, outcome: 'confirmed', cause: 'no-seat' }]);
    const judged = { ...now, answered: 0, reason: 'why-steps', cause: 'no-seat', article: 'seats' };
    // Where it was given, nobody knows any more.
    assert.deepEqual(await rowsOf('feedback'), [{ ...judged, channel: null, version: null }]);
    const { articleOutcomes } = await store.figures.count({ from: at, to: at + 86_400_000 });
    assert.deepEqual(
      articleOutcomes.map((one) => ({ ...one })),
      [{ article: 'seats', outcome: 'confirmed', count: 1 }],
    );
    assert.deepEqual(
      (await store.audit.newest(9)).map(({ id, action, detail }) => [id, action, detail]),
      [
        ['a2', 'claim', 'x'],
        ['a1', 'requeue', null],
      ],
    );
    const [post, ...others] = await store.ticketPosts.due('slack', 9);
    assert.deepEqual([post?.filed.ticket.number, post?.ref, post?.version, others], ['LK-1', 'C1/17', 3, []]);
    assert.deepEqual(await store.ticketPosts.due('teams', 9), []);
  });

  it('is found by whose it was, where the ticket tells that', async () => {
    for (let i = 0; i < 501; i += 1) await putTicket(db, ticketNumbered(`LK-0${i}`));
    await putTicket(db, ticketOfSomeone('LK-9'));
    await sql`update tickets set body = '{"number":"LK-00"}' where number = 'LK-00'`.execute(db);
    const { tickets } = await storeOver(db, clock);
    assert.equal((await tickets.newestOf(verified))?.ticket.number, 'LK-9');
    assert.equal((await tickets.search('Ada', { limit: 9 })).length, 1);
    const rows = await db.selectFrom('tickets').select('number').where('user_id', 'is not', null).execute();
    assert.equal(rows.length, 1);
  });

  it('was assumed to help where now it is told: the time stays, and silence decides', async () => {
    const [day, at] = [86_400_000, clock.now()];
    for (const [episode, ago] of [0, 1, day].entries())
      await put(db, 'outcomes', { conversation_id: 'a', episode, outcome: 'assumed', cause: null, at: at - ago });
    await put(db, 'outcomes', { conversation_id: 'b', episode: 0, outcome: 'confirmed', cause: null, at });
    const words = 'it says "outcome":"assumed"';
    const complaint = { ...memoryThen.complaint, words };
    await putTalk(db, 'talk', [], { state: stateThen([], { ...memoryThen, complaint }) });
    const store = await storeOver(db, clock);
    const rows = await db.selectFrom('outcomes').select(['outcome', 'at']).orderBy('at').execute();
    assert.deepEqual(
      rows.map((row) => [row.outcome, at - row.at]),
      [
        ['answered', day],
        ['answered', 1],
        ['answered', 0],
        ['confirmed', 0],
      ],
    );
    const { complaints } = await store.figures.count({ from: at - 2 * day, to: at + day });
    assert.deepEqual(complaints.map(({ outcome, count }) => `${outcome} ${count}`).sort(), [
      ...['answered 2', 'assumed 1', 'confirmed 1'],
    ]);
    const { memory } = JSON.parse((await store.load('talk'))?.state ?? '') as { memory: typeof memoryThen };
    assert.deepEqual([memory.outcome, memory.complaint.words], ['answered', words]);
  });
});
