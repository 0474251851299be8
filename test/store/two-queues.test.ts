import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Store } from '../../src/domain/ports.ts';
import { onEachStore } from '../support/databases.ts';
import { storeOver, written } from '../support/store.ts';
import { createWorld } from '../support/world.ts';

const texts = [
  'access denied',
  'Export',
  'hello',
  'Check again',
  'what plan am I on',
  'start over',
  'Talk to a person',
];

/** The store as a process sees it whose every call may be overtaken by another's. */
function slowed(store: Store, s: fc.Scheduler): Store {
  return {
    ...store,
    load: (id) => s.schedule(store.load(id), 'load'),
    nextPending: (id) => s.schedule(store.nextPending(id), 'next'),
    async commit(effects) {
      await s.schedule(Promise.resolve(), 'commit');
      return store.commit(effects);
    },
  };
}

onEachStore('two processes on one store', (kind) => {
  it('answer every message once, and lose no update', () =>
    fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 5 }),
        async (s, said) => {
          const world = await createWorld('nobody');
          await world.begin();
          // A third process takes them in: both hear of it when they look.
          const third = await storeOver(world.db, world.clock);
          for (const [i, text] of said.entries()) await third.receive(world.id, written(text, `client:${i}`));
          const queues = await Promise.all([1, 2].map(() => world.turnsOver(slowed(world.store, s))));
          await s.waitFor(Promise.all(queues.map((queue) => queue.answer(world.id))));
          const { version } = (await world.store.load(world.id)) ?? {};
          const pending = await world.store.nextPending(world.id);
          const seqs = (await world.store.activitiesAfter(world.id, 0, 1000)).map(({ seq }) => seq);
          await world.close();
          assert.deepEqual([version, pending], [said.length + 1, null]);
          assert.deepEqual(
            seqs,
            seqs.map((_, i) => i + 1),
          );
          assert.deepEqual(
            world.log.lines.filter(({ level }) => level === 'error'),
            [],
          );
        },
      ),
      { numRuns: kind === 'SQLite' ? 40 : 10 },
    ));
});
