import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Store } from '../../src/domain/ports.ts';
import type { SubjectFields } from '../../src/domain/subject.ts';
import { createDelivery } from '../../src/desks/deliver.ts';
import { SupportError } from '../../src/domain/errors.ts';
import { openPersons } from '../../src/store/open-persons.ts';
import { otherTables, personalTables } from '../../src/store/personal-tables.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { ticketOfSomeone } from '../desks/tickets.ts';
import { nextEffects } from '../support/effects.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';
import { storeOver, written } from '../support/store.ts';

const text = (words: string) => ({ kind: 'text', text: words, actions: [] }) as const;
const agent = { id: 'ada', name: 'Ada' };

/** The words by which somebody's data is known wherever it stands; every one of them is planted. */
const marksOf = (who: string) =>
  Object.fromEntries(
    [
      ...['name', 'mail', 'message', 'reply', 'earlier', 'state', 'ticket', 'note', 'detail', 'reason', 'unanswered'],
      ...['address', 'refused', 'question', 'linked', 'among', 'long', 'article', 'screenshot'],
    ].map((place) => [place, `Quux${who}${place}Zyx`]),
  ) as Readonly<Record<string, string>>;

/** Everything there can be of a person, in every table. */
async function plant(store: Store, db: StoreDatabase, who: string) {
  const mark = marksOf(who);
  const of = (place: string) => mark[place] ?? assert.fail(place);
  const subject: SubjectFields = {
    ...{ accountId: `account ${who}`, userId: `user ${who}`, verifiedBy: 'signed-identity' },
    ...{ name: of('name'), email: `${of('mail')}@example.com` },
  };
  const [talk, direct, channelUser] = [`talk ${who}`, `slack_${who}`, `slack|T1|${who}`];
  const open = { userId: `dl_${who}`, locale: 'en', shared: false };
  await store.open({ ...open, id: talk, channel: 'direct-line', subject });
  await store.reading.begin(talk, subject);
  const never = { expiresAt: 1e15, refreshableUntil: 1e15, endsAt: 1e15 };
  await store.tokens.add(`token ${who}`, { conversationId: talk, userId: `dl_${who}`, ...never, signed: true });
  // What was remembered is replaced again and again: it must not stay in what the file no longer needs.
  for (let i = 0; i < 20; i += 1) {
    await store.receive(talk, written(`${of('message')} ${i}`));
    const state = { is: i < 19 ? of('earlier').repeat(300 + 40 * i) : of('state') };
    await store.commit(await nextEffects(store, talk, { state, replies: [text(of('reply'))] }));
  }
  const number = `LK-${who}`;
  const ticket = ticketOfSomeone(number, subject);
  await store.receive(talk, written('a person'));
  const no = { channel: 'direct-line', version: null, complaintNumber: 0, answered: false } as const;
  const effects = await nextEffects(store, talk, {
    ...{ ticket: { ...ticket, conversationId: talk, problem: { ...ticket.problem, words: of('ticket') } } },
    feedback: { ...no, reason: of('reason'), cause: 'no-seat', article: null },
    outcome: { complaintNumber: 0, outcome: 'handed-off', cause: 'no-seat' },
    ...{ shown: [{ article: 'seats', cause: 'no-seat' }], unanswered: of('unanswered') },
    linkCode: { code: `CODE${who}`, subject, until: 1e15 },
  });
  await store.commit({ ...effects, replies: [text(of('reply'))] });
  await store.feedback.give(talk, { ...no, reason: of('article'), cause: null, article: 'seats' });
  await store.receive(talk, written(of('long').repeat(200)));
  await store.commit(
    await nextEffects(store, talk, { followUp: number, followUpQuestion: of('question'), state: { is: of('state') } }),
  );
  for (const [i, words] of ['note', 'detail'].entries())
    await store.ticketActions.act({
      ...{ ticket: number, by: agent, action: 'note', id: `act ${who} ${i}`, detail: of('detail') },
      ...{ note: of(words), when: { states: ['waiting', 'sent', 'claimed', 'closed'] } },
    });
  const [id, bytes] = [of('screenshot'), Buffer.from(of('screenshot'))];
  await store.screenshots.add(talk, id, { type: 'image/png', bytes });
  // In Slack, with a link, and where others read along.
  const linked = { ...subject, name: of('linked'), verifiedBy: 'linked-chat' as const };
  await db
    .insertInto('links')
    .values({ channel_user: channelUser, subject: JSON.stringify(linked), at: 1 })
    .execute();
  await store.open({ ...open, id: direct, channel: 'slack', userId: channelUser, subject: null });
  await store.addresses.save(direct, 'slack', { channel: of('address') });
  await store.receive(direct, { ...written(of('message')), author: channelUser });
  const among = { ...open, id: 'slack_among', channel: 'slack', userId: channelUser, subject: null, shared: true };
  await store.open(among);
  await store.receive('slack_among', { ...written(of('among'), `event:C1|${who}`), author: channelUser });
  return { mark, number, person: { accountId: subject.accountId, userId: subject.userId }, channelUser };
}

describe('the data of one person', () => {
  let folder = '';
  let store: Store;
  let db: StoreDatabase;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    db = openSqlite(folder);
    store = await storeOver(db, fakeClock(), { desk: 'zendesk', feeds: ['slack'] });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Brings what is due to a desk that takes tickets, and refuses what is written later. */
  async function deliver(marks: (ticket: string) => string) {
    const desk = {
      name: 'zendesk',
      take: ({ number }: { number: string }) => Promise.resolve({ id: `desk ${number}`, url: null }),
      add: ({ ticket }: { ticket: { number: string } }) =>
        Promise.reject(new SupportError('desk-refused', { detail: marks(ticket.number) })),
    };
    const needs = { outbox: store.outbox, desk, clock: fakeClock(), random: countingRandom(), log: keptLog() };
    await createDelivery(needs)();
    for (const post of await store.ticketPosts.due('slack', 9)) await store.ticketPosts.shown(post, 'ref in Slack');
  }

  /** Which of these words stand in any file of the folder, as they are or as JSON has them. */
  const found = (words: readonly string[]) => {
    const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))] as const);
    return words.filter((word) => files.some(([, bytes]) => bytes.includes(word)));
  };
  const countAll = async () => {
    const counts: Record<string, number> = {};
    for (const table of [...Object.keys(personalTables), ...Object.keys(otherTables)]) {
      const { rows } = await sql.raw<{ n: number }>(`select count(*) as n from ${table}`).execute(db);
      counts[table] = rows[0]?.n ?? 0;
    }
    return counts;
  };

  it('is looked for in every table there is, or it is known why not', async () => {
    const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db);
    const ours = rows.map(({ name }) => name).filter((name) => !/^(sqlite|kysely|ticket_index)(_|$)/.test(name));
    assert.deepEqual([...Object.keys(personalTables), ...Object.keys(otherTables)].sort(), ours.sort());
    await store.close();
  });

  it('is all in the export, by table, and no other’s is', async () => {
    const [mine, others] = [await plant(store, db, 'Alpha'), await plant(store, db, 'Beta')];
    await deliver((number) => (number === mine.number ? mine : others).mark.refused ?? '');
    const tables = await store.persons.find(mine.person);
    assert.deepEqual(Object.keys(tables), Object.keys(personalTables));
    for (const [table, rows] of Object.entries(tables)) assert.ok(rows.length > 0, `nothing is planted in ${table}`);
    const told = JSON.stringify(tables);
    const { earlier, ...marks } = mine.mark;
    assert.ok(earlier !== undefined && !told.includes(earlier), 'that is not stored any more');
    for (const mark of Object.values(marks)) assert.ok(told.includes(mark), mark);
    assert.ok(told.includes(Buffer.from(marks.screenshot ?? '').toString('base64')), 'the picture itself');
    for (const mark of Object.values(others.mark)) assert.ok(!told.includes(mark), mark);
    assert.doesNotMatch(told, /"hash"/);
    await store.close();
  });

  it('is erased to the last byte in every file, and of everybody else nothing is', async () => {
    const [mine, others] = [await plant(store, db, 'Alpha'), await plant(store, db, 'Beta')];
    await deliver((number) => (number === mine.number ? mine : others).mark.refused ?? '');
    const kept = Object.fromEntries(Object.entries(others.mark).filter(([place]) => place !== 'earlier'));
    const words = [
      ...Object.values(mine.mark),
      mine.person.userId,
      mine.person.accountId,
      mine.channelUser,
      mine.number,
    ];
    assert.deepEqual(found(words), words);
    const before = JSON.stringify(await store.persons.find(others.person));
    const counts = await countAll();

    const { removed, anonymous, elsewhere } = await store.persons.erase(mine.person);
    assert.deepEqual(found(words), []);
    assert.deepEqual(found(Object.values(kept)), Object.values(kept));
    assert.equal(JSON.stringify(await store.persons.find(others.person)), before);
    const none = await store.persons.find(mine.person);
    assert.deepEqual(Object.values(none).flat(), []);

    assert.deepEqual(elsewhere, [
      { ticket: mine.number, where: 'zendesk', ref: `desk ${mine.number}`, url: null },
      { ticket: mine.number, where: 'slack', ref: 'ref in Slack', url: null },
    ]);
    const after = await countAll();
    for (const table of Object.keys(personalTables))
      assert.equal((counts[table] ?? 0) - (after[table] ?? 0), removed[table] ?? 0, table);
    assert.deepEqual(anonymous, {
      outcomes: 1,
      shown: 1,
      feedback: 1,
      article_feedback: 1,
      audit: 2,
      activities: 1,
      conversations: 1,
    });
    await store.close();
    assert.deepEqual(found(words), []);
  });

  it('is not brought to a desk any more, though it was to be', async () => {
    const { person, number } = await plant(store, db, 'Alpha');
    const { elsewhere } = await store.persons.erase(person);
    assert.deepEqual(elsewhere, [], 'no desk can have it');
    assert.deepEqual(await store.outbox.claimDue(1e15, 1e15, 9), []);
    assert.equal(await store.tickets.find(number), null);
    await store.close();
  });

  it('that a desk may have got, though it did not say so, is told, too', async () => {
    const { person, number } = await plant(store, db, 'Alpha');
    await store.outbox.claimDue(1e15, 1e15, 9);
    const { elsewhere } = await store.persons.erase(person);
    assert.deepEqual(elsewhere, [{ ticket: number, where: 'zendesk', ref: null, url: null }]);
    await store.outbox.delivered(number, 1, { id: '7', url: null });
    assert.deepEqual(Object.values(await store.persons.find(person)).flat(), []);
    await store.close();
  });

  it('is nobody’s where the id is another account’s, in capitals, or made of signs', async () => {
    const { person } = await plant(store, db, 'Alpha');
    for (const other of [
      { ...person, accountId: 'another' },
      { ...person, userId: person.userId.toUpperCase() },
      { accountId: '%', userId: '%' },
      { accountId: "' or ''='", userId: "' or ''='" },
    ])
      assert.deepEqual((await store.persons.erase(other)).removed, {}, JSON.stringify(other));
    assert.equal((await store.persons.find(person)).tickets?.length, 1);
    await store.close();
  });

  it('is erased beside the process that has it, which then ends what is open', async () => {
    const { person, mark } = await plant(store, db, 'Alpha');
    assert.equal(await store.changedOutside(), false);
    const beside = await openPersons({ dataDir: folder, database: null }, countingRandom());
    await beside.erase(person);
    await beside.close();
    assert.equal(await store.changedOutside(), true);
    assert.equal(await store.changedOutside(), false);
    await store.ready();
    assert.equal(await store.changedOutside(), false, 'what it writes itself is none of another');
    assert.deepEqual(found(Object.values(mark)), []);
    await store.close();
  });

  it('is not touched in a database of another version, or in none', async () => {
    await sql`delete from kysely_migration where name = '009-forgetting'`.execute(db);
    await assert.rejects(openPersons({ dataDir: folder, database: null }, countingRandom()), /another version/);
    const nowhere = { dataDir: join(folder, 'nowhere'), database: null };
    await assert.rejects(openPersons(nowhere, countingRandom()), /there is no database/);
    await store.close();
  });
});
