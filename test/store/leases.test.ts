import assert from 'node:assert/strict';
import type { Leases } from '../../src/domain/ports.ts';
import { createLeases } from '../../src/store/leases.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { onEachStore, openBeside, openDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver } from '../support/store.ts';

onEachStore('what one process at a time may do', (kind) => {
  let clock: ReturnType<typeof fakeClock>;
  let other: StoreDatabase;
  let [a, b]: Leases[] = [];
  const hold = async (by: Leases | undefined, name = 'work') => by?.hold(name, 1_000);
  beforeEach(async () => {
    clock = fakeClock();
    const db = await openDatabase();
    await storeOver(db, clock);
    other = openBeside(db);
    [a, b] = [createLeases(db, clock), createLeases(other, clock)];
  });
  afterEach(() => other.destroy());

  if (kind === 'SQLite') {
    it('is whoever’s asks: no other process shares the file', async () => {
      assert.deepEqual(
        [await hold(a), await hold(a), await a?.release('work'), await hold(a)],
        [...[true, true, undefined, true]],
      );
    });
    return;
  }

  it('is its owner’s until the last millisecond, and then the other’s', async () => {
    assert.deepEqual([await hold(a), await hold(b)], [true, false]);
    clock.forward(999);
    assert.equal(await hold(b), false);
    clock.forward(1);
    assert.deepEqual([await hold(b), await hold(a)], [true, false]);
  });

  it('stays its owner’s for as long as they ask again', async () => {
    for (let i = 0; i < 5; i += 1) {
      assert.deepEqual([await hold(a), await hold(b)], [true, false]);
      clock.forward(999);
    }
  });

  it('is another thing under another name', async () => {
    assert.deepEqual([await hold(a), await hold(b, 'other work')], [true, true]);
  });

  it('is free once its owner lets it go, and only then: another’s letting go does nothing', async () => {
    await hold(a);
    await b?.release('work');
    assert.equal(await hold(b), false);
    await a?.release('work');
    assert.deepEqual([await hold(b), await hold(a)], [true, false]);
  });

  it('is one’s where both ask at once, however often', async () => {
    for (let round = 0; round < 10; round += 1) {
      const held = await Promise.all(Array.from({ length: 20 }, (_, i) => hold(i % 2 ? a : b, `round ${round}`)));
      const [ofB, ofA] = [0, 1].map((whose) => new Set(held.filter((_, i) => i % 2 === whose)));
      assert.deepEqual([ofA?.size, ofB?.size, ofA?.has(true) !== ofB?.has(true)], [1, 1, true]);
    }
  });
});
