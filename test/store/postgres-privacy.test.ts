import assert from 'node:assert/strict';
import { createEvents } from '../../src/domain/events.ts';
import { openPersons } from '../../src/store/open-persons.ts';
import { openPostgres } from '../../src/store/postgres/index.ts';
import { startRelay } from '../../src/store/postgres/relay.ts';
import { tellOfCommits } from '../../src/store/postgres/server-facts.ts';
import { newPostgresDatabase } from '../support/databases.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';
import { storeOver, written } from '../support/store.ts';

const person = { accountId: 'a', userId: 'u' };
const subject = { ...person, verifiedBy: 'signed-identity' } as const;
const open = { channel: 'direct-line', userId: 'dl_1', locale: 'en', shared: false } as const;

describe('a person in PostgreSQL', () => {
  it('is erased by a tool while processes run: nothing of theirs is left, and each process hears which talks are gone', async () => {
    const { url, drop } = await newPostgresDatabase();
    const settings = { url, connections: 3 };
    const [db, events] = [openPostgres(settings), createEvents()];
    const store = await storeOver(db, fakeClock(), { events });
    for (const id of ['one', 'two']) await store.open({ ...open, id, subject: id === 'one' ? subject : null });
    await store.receive('one', written('Wozzlebrand'));
    const gone = new Promise<readonly string[]>((resolve) => void events.on('conversations-gone', resolve));
    const listens = new Promise((resolve) => void events.on('ticket-changed-elsewhere', resolve));
    const relay = startRelay({ settings, events, owner: db.owner, log: keptLog() });
    await listens;
    const persons = await openPersons({ dataDir: '/nowhere', database: settings }, countingRandom());
    assert.equal((await persons.find(person)).activities?.length, 1);
    const { removed } = await persons.erase(person);
    assert.equal(removed.conversations, 1);
    await persons.close();
    assert.deepEqual(await gone, ['one']);
    assert.deepEqual([await store.load('one'), (await store.load('two'))?.userId], [null, 'dl_1']);
    await relay.stop();
    await store.close();
    await drop();
  });
});

describe('a start on PostgreSQL', () => {
  it('warns where a commit does not wait for the disk, and only there', async () => {
    const { url, drop } = await newPostgresDatabase();
    const toldBy = async (address: string) => {
      const [db, log] = [openPostgres({ url: address, connections: 1 }), keptLog()];
      await tellOfCommits(db, log).finally(() => db.destroy());
      return JSON.stringify(log);
    };
    const off = new URL(url);
    off.searchParams.set('options', '-c synchronous_commit=off');
    assert.match(await toldBy(off.href), /synchronous_commit is off: what was acknowledged is lost/);
    assert.doesNotMatch(await toldBy(url), /synchronous_commit/);
    await drop();
  });
});
