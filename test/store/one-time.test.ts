import assert from 'node:assert/strict';
import type { OneTime } from '../../src/domain/ports.ts';
import { createOneTime } from '../../src/store/one-time.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { onEachStore, openBeside, openDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver } from '../support/store.ts';

const minute = 60_000;

onEachStore('a secret that is good once', (kind) => {
  let clock: ReturnType<typeof fakeClock>;
  let db: StoreDatabase;
  let other: StoreDatabase;
  /** Those of two processes; of one where no other can be. */
  let made: OneTime;
  let taken: OneTime;
  const add = (secret: string, opens = 'talk', purpose = 'stream') =>
    made.add(secret, { purpose, opens, until: clock.now() + minute });
  beforeEach(async () => {
    clock = fakeClock();
    db = await openDatabase();
    await storeOver(db, clock);
    other = openBeside(db);
    made = createOneTime(db, clock);
    taken = other === db ? made : createOneTime(other, clock);
  });
  afterEach(() => other.destroy());

  it('opens what it was made for, and then nothing, wherever it was made', async () => {
    await add('s', 'this talk');
    assert.deepEqual([await taken.take('s', 'stream'), await made.take('s', 'stream')], ['this talk', null]);
  });

  it('opens for one of 20 who use it at once', async () => {
    await add('s');
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? made : taken).take('s', 'stream')));
    assert.deepEqual(all.filter(Boolean), ['talk']);
  });

  it('opens nothing of another kind, and stays good for its own', async () => {
    await add('s');
    assert.equal(await taken.take('s', 'console'), null);
    assert.equal(await taken.take('s', 'stream'), 'talk');
  });

  it('is good until the last millisecond', async () => {
    await add('one');
    await add('two');
    clock.forward(minute - 1);
    assert.equal(await taken.take('one', 'stream'), 'talk');
    clock.forward(1);
    assert.equal(await taken.take('two', 'stream'), null);
  });

  it('opens nothing any more when what it opens is revoked; others stay good', async () => {
    await add('gone', 'talk');
    await add('other talk', 'another');
    await add('other kind', 'talk', 'console');
    await taken.revoke('stream', 'talk');
    assert.deepEqual(
      [
        await made.take('gone', 'stream'),
        await made.take('other talk', 'stream'),
        await made.take('other kind', 'console'),
      ],
      [null, 'another', 'talk'],
    );
  });

  it('is not what looks like it', async () => {
    await add('secret');
    for (const wrong of ['', 'secre', 'secret ', 'SECRET', "' or 1=1 --"])
      assert.equal(await taken.take(wrong, 'stream'), null);
    assert.equal(await taken.take('secret', 'stream'), 'talk');
  });

  if (kind === 'PostgreSQL')
    it('stands nowhere in the database', async () => {
      await add('a secret of many letters');
      const rows = await db.selectFrom('one_time').selectAll().execute();
      assert.equal(rows.length, 1);
      assert.doesNotMatch(JSON.stringify(rows), /a secret/);
    });
});
