import assert from 'node:assert/strict';
import { createEvents } from '../../src/domain/events.ts';
import { createReading } from '../../src/store/reading.ts';
import { onEachStore, openDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';
import { nextEffects } from '../support/effects.ts';
import { plansOf } from '../support/query-plans.ts';
import { storeOver, written } from '../support/store.ts';

const ada = { accountId: 'acct_1', userId: 'usr_1' };

onEachStore('a person’s conversations', () => {
  it('are paged by what was said last, so that one begun long ago stands first when something is said in it', async () => {
    const clock = fakeClock();
    const store = await storeOver(await openDatabase(), clock);
    const begin = async (id: string, whose: object) => {
      await store.open({ id, channel: 'x', userId: 'dl_1', subject: null, locale: 'en', shared: false });
      await store.reading.begin(id, { ...whose, verifiedBy: 'signed-identity' } as never);
    };
    // Of three at a time, so that a page ends among equals.
    for (let i = 0; i < 9; i += 1) {
      if (i % 3 === 0) clock.forward(1_000);
      await begin(`talk${i}`, ada);
      await store.receive(`talk${i}`, written('hello', `c${i}`));
    }
    await begin('empty', ada);
    await begin('another’s', { ...ada, userId: 'usr_2' });
    const listed = async () => {
      const ids: string[] = [];
      for (let before: string | undefined; ;) {
        const page = await store.reading.talksOf(ada, 4, before);
        ids.push(...page.map(({ id }) => id));
        const last = page.at(-1);
        if (page.length < 4 || !last) return ids;
        before = `${last.activeAt}.${last.id}`;
      }
    };
    assert.deepEqual(await listed(), [
      ...['talk8', 'talk7', 'talk6', 'empty', 'talk5', 'talk4', 'talk3', 'talk2', 'talk1', 'talk0'],
    ]);
    clock.forward(1_000);
    await store.receive('talk0', written('still', 'again'));
    assert.deepEqual((await listed()).slice(0, 2), ['talk0', 'talk8']);
    await assert.rejects(store.reading.talksOf(ada, 4, 'nonsense'));
    await store.close();
  });

  it('have as many unread messages of ours as all of them together, each found by an index', async () => {
    const db = await openDatabase();
    const clock = fakeClock();
    const store = await storeOver(db, clock);
    const says = async (id: string, whose: typeof ada, count: number) => {
      await store.open({ id, channel: 'x', userId: 'dl_1', subject: null, locale: 'en', shared: false });
      await store.reading.begin(id, { ...whose, verifiedBy: 'signed-identity' } as never);
      await store.receive(id, written('hello', id));
      const replies = Array.from({ length: count }, () => ({ kind: 'text', text: 'Hi', actions: [] }) as const);
      await store.commit(await nextEffects(store, id, { replies }));
    };
    for (let i = 0; i < 25; i += 1) await says(`talk${i}`, ada, 3);
    await says('another’s', { ...ada, userId: 'usr_2' }, 5);
    const { reading } = store;
    assert.deepEqual([await reading.unreadOf(ada), await reading.unreadOf(ada, 'talk7')], [75, 72]);
    await reading.seen('talk0', 3);
    assert.equal(await reading.unreadOf(ada), 73);
    await says('long', ada, 60);
    assert.equal(await reading.unreadOf(ada), 100);
    if (!db.isShared) {
      const plans = await plansOf(db, (watched) =>
        createReading(watched, { clock, events: createEvents() }).unreadOf(ada),
      );
      assert.ok(
        plans.some((step) => step.includes('reading_of_person')),
        plans.join('\n'),
      );
      assert.ok(!plans.some((step) => /^SCAN (?!u\b)/.test(step)), plans.join('\n'));
    }
    await store.close();
  });
});
