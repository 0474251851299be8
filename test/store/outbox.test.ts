import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Store } from '../../src/domain/ports.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { fileDelivery, fileTicket } from '../../src/store/tickets.ts';
import { ticketNumbered } from '../desks/tickets.ts';
import { onEachStore } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver, written } from '../support/store.ts';
import { migrateBefore } from './earlier.ts';
import { assertOnceInOrder, outageWith, waitingTickets } from './outage.ts';

const second = 1_000;

const numbered = (...numbers: number[]) => numbers.map((number) => `LK-${number}`);
const upTo = (count: number) => numbered(...Array.from({ length: count }, (_, i) => i + 1));

const statusOf = async (store: Store, number: string) => {
  const filed = await store.tickets.find(number);
  return filed && [filed.deliveredAt !== null, filed.attempts];
};

onEachStore('the outbox', (kind) => {
  it('delivers each ticket once, those of a conversation in order', async () => {
    const { taken, deliver } = await waitingTickets(45);
    assert.equal(await deliver(), 45);
    assert.equal(await deliver(), 0);
    assert.deepEqual(taken, upTo(45));
  });

  it('delivers each ticket once, in order, when two workers run at the same time', async () => {
    const { taken, newWorker } = await waitingTickets(60, 7);
    const counts = await Promise.all([newWorker()(), newWorker()()]);
    assert.equal(counts[0] + counts[1], 60);
    assertOnceInOrder(taken, 60, 7);
  });

  it('counts the attempts, for as long as it takes', async () => {
    const { clock, state, store, log, deliver } = await waitingTickets(1);
    state.fails = () => 'desk-unavailable';
    for (let i = 0; i < 20; i += 1) {
      await deliver();
      clock.forward(300 * second);
    }
    state.fails = () => null;
    assert.equal(await deliver(), 1);
    assert.deepEqual(await statusOf(store, 'LK-1'), [true, 21]);
    assert.ok(log.lines.every(({ level }) => level === 'warn'));
  });

  it('lets a later ticket of a conversation wait for the earlier, and no other conversation', async () => {
    const { clock, state, taken, deliver } = await waitingTickets(6, 2);
    state.fails = (number) => (number === 'LK-1' ? 'desk-unavailable' : null);
    await deliver();
    assert.deepEqual(taken, numbered(2, 4, 6));
    state.fails = () => null;
    clock.forward(second);
    await deliver();
    assert.deepEqual(taken, numbered(2, 4, 6, 1, 3, 5));
  });

  // A simulated day of rounds: the desk's part is the same over any store.
  if (kind === 'SQLite') outageWith(500, 20);

  it('keeps a dead letter dead until it is put back in the queue; those behind it wait, and all arrive in order', async () => {
    const { clock, state, store, taken, deliver } = await waitingTickets(3);
    state.fails = (number) => (number === 'LK-2' ? 'desk-refused' : null);
    const died = clock.now();
    for (let day = 0; day < 3; day += 1) {
      await deliver();
      clock.forward(86_400 * second);
    }
    assert.deepEqual(taken, ['LK-1']);
    const filed = await store.tickets.find('LK-2');
    assert.deepEqual(filed?.dead, { at: died, reason: 'The desk answered 422.' });
    assert.deepEqual(await statusOf(store, 'LK-2'), [false, 1]);

    state.fails = () => null;
    assert.equal(await store.outbox.requeue('LK-2'), true);
    assert.equal((await store.tickets.find('LK-2'))?.dead, null);
    await deliver();
    assert.deepEqual(taken, upTo(3));
    for (const number of ['LK-1', 'LK-2', 'LK-404']) assert.equal(await store.outbox.requeue(number), false);
  });

  it('says of a delivered ticket that a later message was refused, and why', async () => {
    const { clock, db, store, deliver } = await waitingTickets(1);
    await deliver();
    const conversationId = 'talk 0';
    await store.open({
      id: conversationId,
      ...{ channel: 'x', userId: 'u', subject: null, locale: 'en', shared: false },
    });
    const { seq } = (await store.receive(conversationId, written('Still locked out'))).stored;
    const of = { number: 'LK-1', seq, question: null, conversationId, desk: 'test', at: clock.now() };
    await db.transact(() => fileDelivery({ id: `LK-1/${seq}`, ...of }));
    await deliver();
    const filed = await store.tickets.find('LK-1');
    assert.equal(filed?.deliveredAt, clock.now());
    assert.deepEqual(filed.dead, { at: clock.now(), reason: 'The desk answered 404.' });
    const listed = await store.tickets.list({ view: 'dead', limit: 9 });
    assert.deepEqual(
      listed.map(({ ticket, dead }) => [ticket.number, dead?.reason]),
      [['LK-1', 'The desk answered 404.']],
    );
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

  it('lets a slow worker that lost its lease change nothing', async () => {
    const { clock, store, taken, deliver } = await waitingTickets(1);
    const claim = () => store.outbox.claimDue(clock.now(), clock.now() + 30 * second, 20);
    await claim();
    clock.forward(30 * second);
    assert.equal((await claim())[0]?.attempts, 2);
    const late = async () => {
      await store.outbox.retryAt('LK-1', 1, clock.now());
      await store.outbox.deadLetter('LK-1', 1, { at: clock.now(), reason: 'late' });
    };
    await late();
    assert.deepEqual(await claim(), [], 'the other still has its lease');
    clock.forward(30 * second);
    assert.equal(await deliver(), 1);
    await late();
    assert.equal(await deliver(), 0);
    assert.deepEqual(taken, ['LK-1']);
  });

  it('keeps where the desk keeps a ticket, which then waits for the desk’s agents and not for ours', async () => {
    const { store, deliver } = await waitingTickets(1);
    assert.equal((await store.tickets.find('LK-1'))?.work.state, 'waiting');
    await deliver();
    const { work } = (await store.tickets.find('LK-1')) ?? assert.fail();
    assert.deepEqual([work.state, work.ref], ['sent', { id: 'at LK-1', url: 'https://desk.test/LK-1' }]);
  });

  // Earlier versions knew no other.
  if (kind !== 'SQLite') return;
  it('keeps and orders what an earlier version filed', async () => {
    const db = openSqlite(':memory:');
    await migrateBefore(db, '002');
    for (const [number, talk, openedAt] of [
      ['c', 'x', 3],
      ['a', 'x', 2],
      ['b', 'x', 1],
      ['d', 'y', 9],
    ] as const) {
      const body = JSON.stringify({ number });
      await sql`insert into tickets values (${number}, ${talk}, ${openedAt}, ${body})`.execute(db);
      await sql`insert into outbox values (${number}, 'test', 0, 0, 0, ${number === 'b' ? 5 : null})`.execute(db);
    }
    const { outbox } = await storeOver(db, fakeClock(), { desk: 'test' });
    await db.transact(() => fileTicket({ ...ticketNumbered('e', 'x'), openedAt: 0 }, 'test'));
    const brought: string[][] = [];
    for (let i = 0; i < 3; i += 1) {
      const numbers = (await outbox.claimDue(10, 20, 9)).map(({ id }) => id);
      brought.push(numbers.sort());
      for (const number of numbers) await outbox.delivered(number, 10, null);
    }
    assert.deepEqual(brought, [['a', 'd'], ['c'], ['e']]);
  });
});
