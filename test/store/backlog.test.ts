import assert from 'node:assert/strict';
import { countBacklog } from '../../src/store/backlog.ts';
import { plansOf } from '../support/query-plans.ts';
import { becomes, worded, world } from './ticket-world.ts';

const minute = 60_000;

describe('what waits', () => {
  it('is what was not brought to the desk yet, and since when the oldest of it is there', async () => {
    const { store, turn, deliver, clock } = await world();
    const { openedAt } = worded('first');
    assert.deepEqual((await store.backlog()).outbox, { waiting: 1, oldest: openedAt, dead: 0 });
    await deliver();
    assert.deepEqual((await store.backlog()).outbox, { waiting: 0, oldest: null, dead: 0 });
    clock.forward(minute);
    const at = clock.now();
    await turn({ followUp: 'LK-1' }, 'one thing more');
    assert.deepEqual(
      (await store.backlog()).outbox,
      { waiting: 1, oldest: at, dead: 0 },
      'a later message is as old as it is',
    );
  });

  it('tells apart what the desk refused', async () => {
    const { store, clock } = await world();
    const [due] = await store.outbox.claimDue(clock.now(), clock.now() + minute, 1);
    await store.outbox.deadLetter('LK-1', due?.attempts ?? 0, { at: clock.now(), reason: 'no' });
    assert.deepEqual((await store.backlog()).outbox, { waiting: 0, oldest: null, dead: 1 });
    await store.outbox.requeue('LK-1');
    assert.equal((await store.backlog()).outbox.dead, 0);
  });

  it('is the tickets that nobody has, and since when the first of them waits', async () => {
    const { store, turn, act, clock } = await world('built-in');
    const { openedAt: first } = worded('first');
    clock.forward(minute);
    await turn({ ticket: { ...worded('second', 'b', 'LK-2'), openedAt: first + minute } }, 'x', 'b');
    for (const number of ['LK-1', 'LK-2']) {
      const filed = await store.tickets.find(number);
      if (filed) await store.queue.add(filed.ticket);
    }
    assert.deepEqual((await store.backlog()).tickets, { waiting: 2, oldest: first });
    await act({ ticket: 'LK-1', ...becomes('claimed') });
    assert.deepEqual((await store.backlog()).tickets, { waiting: 1, oldest: first + minute });
  });

  it('is read off indexes of what waits, and sorts nothing: what was done costs nothing', async () => {
    const { db } = await world();
    const plans = await plansOf(db, (watched) => countBacklog(watched));
    const allowed =
      /^(?:SEARCH|SCAN outbox USING (?:COVERING )?INDEX outbox_(?:due|dead|order)|MATERIALIZE|CO-ROUTINE|SCAN (?:some|first))/;
    assert.deepEqual(
      plans.filter((step) => !allowed.test(step)),
      [],
      plans.join('\n'),
    );
  });
});
