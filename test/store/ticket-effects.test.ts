import assert from 'node:assert/strict';
import type { Store } from '../../src/domain/ports.ts';
import { ticketNumbered } from '../desks/tickets.ts';
import { onEachStore } from '../support/databases.ts';
import { nextEffects } from '../support/effects.ts';
import { storeOver, textOf, written } from '../support/store.ts';
import { ada, becomes, dayMs, find, worded, world } from './ticket-world.ts';

const stateOf = async (store: Store) => {
  const { state, holder, trueCause, solved } = (await find(store)).work;
  return [state, holder, trueCause, solved];
};
onEachStore('what comes in after a ticket', () => {
  it('comes to its desk behind the ticket, in order, with the question that it answers', async () => {
    const { brought, deliver, turn, log } = await world();
    await turn({ followUp: 'LK-1', followUpQuestion: 'Which feature is it?' }, 'Export');
    await turn({ followUp: 'LK-1' }, 'since noon');
    assert.equal(await deliver(), 3);
    assert.deepEqual(brought, ['LK-1: first', 'LK-1: Which feature is it? – Export', 'LK-1: since noon']);
    assert.deepEqual(log.lines, []);
  });

  it('comes behind a ticket of the same turn', async () => {
    const { brought, deliver, turn } = await world();
    await deliver();
    await turn({ ticket: worded('second', 'talk', 'LK-2'), followUp: 'LK-2' }, 'and this');
    await deliver();
    assert.deepEqual(brought.slice(1), ['LK-2: second', 'LK-2: and this']);
  });

  it('brings no question where the words were deleted meanwhile', async () => {
    const { store, brought, deliver, turn } = await world();
    await turn({ followUp: 'LK-1', followUpQuestion: 'Which one?' }, 'Export');
    await store.forget('talk', 'client:2', null);
    await deliver();
    assert.equal(brought[1], 'LK-1: ');
  });

  for (const state of ['waiting', 'claimed'] as const)
    it(`harms nothing at the desk of our own, where the conversation shows it: ${state}`, async () => {
      const { store, brought, deliver, turn, act, log } = await world('built-in');
      if (state === 'claimed') await act(becomes('claimed'));
      await turn({ followUp: 'LK-1', followUpQuestion: 'Which one?' }, 'Export');
      assert.equal(await deliver(), 1);
      assert.deepEqual([brought, log.lines], [['LK-1: first'], []]);
      const filed = await find(store);
      assert.deepEqual([filed.work.state, filed.dead], [state, null]);
      assert.equal((await store.activitiesAfter('talk', 0, 9)).map(textOf).at(-1), 'Export');
      await turn({ ticket: worded('next', 'talk', 'LK-2') });
      await deliver();
      assert.equal(brought.at(-1), 'LK-2: next');
    });

  for (const [then, now] of [
    ['built-in', 'zendesk'],
    ['zendesk', 'built-in'],
  ] as const)
    it(`goes nowhere when tickets went to ${then} and now go to ${now}`, async () => {
      const { db, clock, deliver } = await world(then);
      await deliver();
      const store = await storeOver(db, clock, { desk: now });
      await store.receive('talk', written('and now?'));
      await store.commit(await nextEffects(store, 'talk', { followUp: 'LK-1' }));
      assert.deepEqual(await store.outbox.claimDue(clock.now(), clock.now() + 1, 9), []);
    });

  it('opens a ticket of our own desk again for our own agents', async () => {
    const { store, turn, act } = await world('built-in');
    await act(becomes('closed'));
    await turn({ followUp: 'LK-1', resolution: { ticket: 'LK-1', solved: false } });
    assert.equal((await find(store)).work.state, 'waiting');
  });
});

onEachStore('a ticket that is amended', () => {
  it('is stored in the place of what was there, found by what it is now, and shown anew', async () => {
    const { store, told, turn, stale } = await world();
    const verdict = { ...ticketNumbered('x').verdict, cause: 'no-seat' };
    await turn({ amendedTicket: { ...worded('more'), verdict, priority: 'high' } });
    const { ticket, work } = await find(store);
    assert.deepEqual([ticket.problem.words, ticket.priority, work.state], ['more', 'high', 'waiting']);
    assert.equal((await store.tickets.list({ view: 'waiting', cause: 'no-seat', limit: 9 })).length, 1);
    assert.deepEqual([await stale(), told], [['LK-1'], ['LK-1']]);
  });

  it('is brought as it is by then, once', async () => {
    const { brought, deliver, turn } = await world();
    await turn({ amendedTicket: worded('more') });
    await deliver();
    await turn({ amendedTicket: worded('still more') });
    await deliver();
    assert.deepEqual(brought, ['LK-1: more']);
  });

  for (const state of ['claimed', 'closed'] as const)
    it(`stays as it stands: ${state}`, async () => {
      const { store, turn, act, clock } = await world();
      await act(becomes(state));
      const before = (await find(store)).work;
      clock.forward(dayMs);
      await turn({ amendedTicket: worded('more') });
      const { ticket, work } = await find(store);
      assert.deepEqual([ticket.problem.words, { ...work, unread: before.unread }], ['more', before]);
    });

  it('of another conversation is not touched, whichever of the two names it, and nobody is told', async () => {
    const { store, told, turn, stale } = await world();
    await turn({ amendedTicket: worded('theirs', 'other') }, 'x', 'other');
    await turn({ amendedTicket: worded('theirs') }, 'x', 'other');
    await turn({ amendedTicket: worded('none', 'talk', 'LK-404') });
    assert.equal((await find(store)).ticket.problem.words, 'first');
    assert.deepEqual([await store.tickets.find('LK-404'), await stale(), told], [null, [], []]);
  });
});

onEachStore('a ticket that its customer takes back', () => {
  for (const state of ['waiting', 'sent', 'claimed'] as const)
    it(`is closed as solved by themselves, and shown so: ${state}`, async () => {
      const { store, told, turn, act, stale, showAll, clock } = await world();
      await act(becomes(state));
      await showAll();
      clock.forward(1_000);
      await turn({ withdrawnTicket: 'LK-1' });
      assert.deepEqual(await stateOf(store), ['closed', null, null, true]);
      assert.equal((await find(store)).work.since, clock.now());
      assert.deepEqual([await stale(), told], [['LK-1'], ['LK-1']]);
      assert.equal(await act({ when: { states: ['claimed'], holder: 'ada' } }), 'refused');
    });

  it('comes to its desk all the same, with what they said', async () => {
    const { store, brought, deliver, turn } = await world();
    await turn({ withdrawnTicket: 'LK-1', followUp: 'LK-1', followUpQuestion: 'Shall I close it?' }, 'Yes');
    await deliver();
    assert.deepEqual(brought, ['LK-1: first', 'LK-1: Shall I close it? – Yes']);
    assert.deepEqual(await stateOf(store), ['closed', null, null, true]);
  });

  it('stays as an agent closed it, and that of another conversation is not touched', async () => {
    const { store, told, turn, act, showAll } = await world();
    await turn({ withdrawnTicket: 'LK-1' }, 'x', 'other');
    assert.deepEqual([(await find(store)).work.state, told], ['waiting', []]);
    await act(becomes('closed'));
    await showAll();
    await turn({ withdrawnTicket: 'LK-1' });
    assert.deepEqual([await stateOf(store), told], [['closed', ada, 'no-seat', null], []]);
  });
});
