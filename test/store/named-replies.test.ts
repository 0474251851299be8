import assert from 'node:assert/strict';
import { createRetention } from '../../src/store/retention.ts';
import { onEachStore, openDatabase } from '../support/databases.ts';
import { nextEffects } from '../support/effects.ts';
import { countingRandom, fakeClock } from '../support/fakes.ts';
import { storeOver, written } from '../support/store.ts';
import { createEvents } from '../../src/domain/events.ts';

onEachStore('what a channel calls a reply', () => {
  async function world() {
    const [db, clock] = [await openDatabase(), fakeClock()];
    const store = await storeOver(db, clock);
    for (const id of ['one', 'two']) {
      await store.open({ id, channel: 'teams', userId: 'u', subject: null, locale: 'en', shared: false });
      await store.receive(id, written('hello'));
      const reply = { kind: 'text', text: 'hi', actions: [] } as const;
      await store.commit(await nextEffects(store, id, { replies: [reply, reply] }));
    }
    return { db, clock, store, addresses: store.addresses };
  }

  it('leads to it in its own conversation alone, and to nothing that came in', async () => {
    const { store, addresses } = await world();
    await addresses.named('one', 2, 'a');
    await addresses.named('two', 3, 'a');
    await addresses.named('one', 1, 'b');
    const found = [
      await addresses.seqOf('one', 'a'),
      await addresses.seqOf('two', 'a'),
      await addresses.seqOf('one', 'b'),
    ];
    assert.deepEqual(found, [2, 3, null]);
    assert.equal((await store.receive('one', written('hello'))).duplicate, true);
    await store.close();
  });

  it('is replaced where it was sent twice, and stays where a name comes twice', async () => {
    const { store, addresses } = await world();
    for (const ref of ['a', 'again']) await addresses.named('one', 2, ref);
    assert.deepEqual([await addresses.seqOf('one', 'a'), await addresses.seqOf('one', 'again')], [null, 2]);
    await addresses.named('one', 3, 'again');
    assert.equal(await addresses.seqOf('one', 'again'), 2);
    await store.close();
  });

  it('goes with the conversation', async () => {
    const { db, clock, store, addresses } = await world();
    await addresses.named('one', 2, 'a');
    clock.forward(10);
    await createRetention(db, { random: countingRandom(), events: createEvents() }).forgetConversations(
      clock.now(),
      null,
    );
    assert.equal(await addresses.seqOf('one', 'a'), null);
    await store.close();
  });
});
