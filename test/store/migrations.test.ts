import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { migrations } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createStore } from '../../src/store/store.ts';
import { fakeClock } from '../support/fakes.ts';

const clock = fakeClock();
const talk = { id: 'talk', channel: 'direct-line', userId: 'dl_1', subject: null, shared: false, locale: 'en' };

describe('the store’s file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'latchkey-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = async (inFolder = folder) => {
    const db = openSqlite(inFolder);
    return { db, store: await createStore(db, clock, 'built-in') };
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
    await first.receive('talk', 'client:1', { type: 'message', text: 'kept' });
    await first.close();
    const again = (await open()).store;
    assert.equal((await again.load('talk'))?.userId, 'dl_1');
    assert.deepEqual(await again.withPending(), ['talk']);
    assert.equal((await again.nextPending('talk'))?.activity.text, 'kept');
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
    await assert.rejects(open(), /not a database/);
  });
});
