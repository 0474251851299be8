import assert from 'node:assert/strict';
import { deliverDue } from '../../src/desks/deliver.ts';
import { SupportError } from '../../src/domain/errors.ts';
import type { Desk, Store } from '../../src/domain/ports.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createStore } from '../../src/store/store.ts';
import { fileTicket } from '../../src/store/tickets.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';

const second = 1_000;

/** A store with `count` tickets that wait for their desk, and a desk that takes them, or not. */
async function waitingTickets(count: number) {
  const clock = fakeClock();
  const db = openSqlite(':memory:');
  const store = await createStore(db, clock, 'test');
  for (let i = 1; i <= count; i += 1) {
    const ticket = { number: `LK-${i}`, conversationId: 'talk', openedAt: clock.now() + i - count } as Ticket;
    await db.transaction().execute((tx) => fileTicket(tx, ticket, 'test'));
  }
  const taken: string[] = [];
  const state = { up: true };
  const desk: Desk = {
    name: 'test',
    take: ({ number }) => {
      if (!state.up) return Promise.reject(new SupportError('desk-unavailable'));
      taken.push(number);
      return Promise.resolve();
    },
  };
  const log = keptLog();
  return { clock, store, taken, state, log, deliver: () => deliverDue({ outbox: store.outbox, desk, clock, log }) };
}

const statusOf = async (store: Store, number: string) => {
  const filed = await store.tickets.find(number);
  return filed && [filed.deliveredAt !== null, filed.attempts];
};

describe('the outbox', () => {
  it('delivers each ticket once, the oldest first', async () => {
    const { taken, deliver } = await waitingTickets(45);
    assert.equal(await deliver(), 45);
    assert.equal(await deliver(), 0);
    assert.deepEqual(
      taken,
      Array.from({ length: 45 }, (_, i) => `LK-${i + 1}`),
    );
  });

  it('delivers each ticket once when two workers run at the same time', async () => {
    const { taken, deliver } = await waitingTickets(60);
    const counts = await Promise.all([deliver(), deliver()]);
    assert.equal(counts[0] + counts[1], 60);
    assert.equal(new Set(taken).size, 60);
    assert.equal(taken.length, 60);
  });

  it('tries again after 1, 2, 4, … seconds, at the most after 5 minutes, for as long as it takes', async () => {
    const { clock, state, store, log, deliver } = await waitingTickets(1);
    state.up = false;
    for (const delay of [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]) {
      await deliver();
      const attempts = (await store.tickets.find('LK-1'))?.attempts;
      clock.forward(delay * second - 1);
      await deliver();
      assert.equal((await store.tickets.find('LK-1'))?.attempts, attempts, `not before ${delay} s`);
      clock.forward(1);
    }
    state.up = true;
    assert.equal(await deliver(), 1);
    assert.deepEqual(await statusOf(store, 'LK-1'), [true, 12]);
    assert.ok(log.lines.every(({ level }) => level === 'warn'));
  });

  it('delivers everything once the desk is back after a day', async () => {
    const { clock, state, taken, deliver } = await waitingTickets(30);
    state.up = false;
    for (let hour = 0; hour < 24; hour += 1) {
      await deliver();
      clock.forward(3_600 * second);
    }
    state.up = true;
    await deliver();
    assert.equal(taken.length, 30);
  });

  it('gives a ticket to another worker when the first was killed, after its lease of 30 seconds', async () => {
    const { clock, store, taken, deliver } = await waitingTickets(1);
    await store.outbox.claimDue(clock.now(), clock.now() + 30 * second, 20);
    clock.forward(30 * second - 1);
    assert.equal(await deliver(), 0);
    clock.forward(1);
    assert.equal(await deliver(), 1);
    assert.deepEqual(taken, ['LK-1']);
  });

  it('does not deliver again what a slow worker calls failed after another delivered it', async () => {
    const { clock, store, taken, deliver } = await waitingTickets(1);
    await store.outbox.claimDue(clock.now(), clock.now() + 30 * second, 20);
    clock.forward(30 * second);
    await deliver();
    await store.outbox.retryAt('LK-1', clock.now());
    assert.equal(await deliver(), 0);
    assert.deepEqual(taken, ['LK-1']);
  });

  it('takes a ticket twice as once in the built-in queue', async () => {
    const { store } = await waitingTickets(1);
    await store.queue.add('LK-1', 1);
    await store.queue.add('LK-1', 2);
  });
});
