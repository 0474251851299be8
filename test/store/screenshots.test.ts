import assert from 'node:assert/strict';
import type { Screenshot } from '../../src/domain/screenshots.ts';
import { createTranscriptOf } from '../../src/desks/transcript.ts';
import { nextEffects } from '../support/effects.ts';
import { onEachStore } from '../support/databases.ts';
import { becomes, dayMs, forgetAll, world, worded } from './ticket-world.ts';

onEachStore('screenshots', () => {
  let now: Awaited<ReturnType<typeof world>>;
  beforeEach(async () => (now = await world()));
  afterEach(() => now.store.close());

  const every = Uint8Array.from({ length: 70_000 }, (_, i) => i % 256);
  const picture: Screenshot = { type: 'image/png', bytes: every };
  const has = async (id: string) => (await now.store.screenshots.find(id)) !== null;

  it('come back byte for byte, and the same again is the first', async () => {
    const { screenshots } = now.store;
    await screenshots.add('talk', 'one', picture);
    await screenshots.add('talk', 'one', { type: 'image/jpeg', bytes: Uint8Array.of(1) });
    const found = await screenshots.find('one');
    assert.deepEqual([found?.type, Buffer.from(found?.bytes ?? []).equals(every)], ['image/png', true]);
    assert.equal(await screenshots.find('another'), null);
  });

  it('belong to a conversation: there is none of one that is not there, and they go with it', async () => {
    const { clock, store, turn } = now;
    await assert.rejects(store.screenshots.add('nowhere', 'one', picture), { code: 'conversation-unknown' });
    await turn({}, 'x', 'old');
    await store.screenshots.add('old', 'one', picture);
    clock.forward(2);
    assert.equal(await forgetAll(now, 'Conversations', clock.now()), 1);
    assert.equal(await has('one'), false);
  });

  it('are forgotten some days after they were sent, but not while a ticket is open for which they may be wanted', async () => {
    const { act, clock, store, turn } = now;
    await turn({}, 'x', 'no ticket');
    for (const [talk, id] of [
      ['talk', 'of a ticket'],
      ['no ticket', 'of none'],
    ] as const)
      await store.screenshots.add(talk, id, picture);
    clock.forward(dayMs);
    assert.equal(
      await forgetAll(now, 'Screenshots', clock.now() - dayMs),
      0,
      'at that moment it is as old, and not older',
    );
    clock.forward(1);
    assert.equal(await forgetAll(now, 'Screenshots', clock.now() - dayMs), 1);
    assert.deepEqual([await has('of a ticket'), await has('of none')], [true, false]);

    // It goes on in another ticket, which is open.
    await turn({ ticket: worded('second', 'other', 'LK-2') }, 'x', 'other');
    await act({
      ...becomes('closed'),
      action: 'merge',
      merges: { into: 'LK-2', tells: { kind: 'text', text: 'merged', actions: [] } },
    });
    assert.equal(await forgetAll(now, 'Screenshots', clock.now()), 0);
    await act({ ...becomes('closed'), ticket: 'LK-2' });
    assert.equal(await forgetAll(now, 'Screenshots', clock.now()), 1);
    assert.equal(await has('of a ticket'), false);
  });

  it('are a line in what a desk gets of a message', async () => {
    const { brought, deliver, store } = now;
    await deliver();
    const activity = { type: 'message', text: 'see this', screenshots: ['one', 'two'] } as const;
    await store.receive('talk', { clientId: 'client:s', author: 'dl_1', activity });
    await store.commit(await nextEffects(store, 'talk', { followUp: 'LK-1' }));
    await deliver();
    assert.equal(brought.at(-1), 'LK-1: see this [2 screenshots, see the console]');
    const before = createTranscriptOf(store);
    const lines = await before({ ...worded('x'), openedAt: 1e15 });
    assert.equal(lines.at(-1)?.text, 'see this [2 screenshots, see the console]');
  });
});
