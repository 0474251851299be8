import assert from 'node:assert/strict';
import { createDelivery } from '../../src/desks/deliver.ts';
import { SupportError, type ErrorCode } from '../../src/domain/errors.ts';
import type { Desk } from '../../src/domain/ports.ts';
import { openDatabase } from '../support/databases.ts';
import { storeOver } from '../support/store.ts';
import { fileTicket } from '../../src/store/tickets.ts';
import { ticketNumbered } from '../desks/tickets.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';

const second = 1_000;

/** A store with `count` tickets that wait for their desk, in so many talks, and a desk that takes them, or not. */
export async function waitingTickets(count: number, talks = 1) {
  const clock = fakeClock();
  const db = await openDatabase();
  const store = await storeOver(db, clock, { desk: 'test' });
  for (let i = 1; i <= count; i += 1)
    await db.transact(() =>
      fileTicket({ ...ticketNumbered(`LK-${i}`, `talk ${i % talks}`), openedAt: clock.now() }, 'test'),
    );
  const taken: string[] = [];
  const state: { fails: (number: string) => ErrorCode | null } = { fails: () => null };
  const desk: Desk = {
    name: 'test',
    async take({ number }) {
      await Promise.resolve();
      const code = state.fails(number);
      if (code === 'desk-unavailable') throw new SupportError('desk-unavailable');
      if (code) throw new SupportError('desk-refused', { detail: 'The desk answered 422.' });
      taken.push(number);
      return { id: `at ${number}`, url: `https://desk.test/${number}` };
    },
    add: () => Promise.reject(new SupportError('desk-refused', { detail: 'The desk answered 404.' })),
  };
  const [log, random] = [keptLog(), countingRandom()];
  const newWorker = () => createDelivery({ outbox: store.outbox, desk, clock, random, log });
  return { clock, db, store, taken, state, log, newWorker, deliver: newWorker() };
}

/** Every ticket was taken once, those of a talk in their order. */
export function assertOnceInOrder(taken: readonly string[], count: number, talks: number): void {
  const numbers = taken.map((number) => Number(number.slice(3)));
  assert.deepEqual([taken.length, new Set(taken).size], [count, count]);
  const last = new Map<number, number>();
  for (const number of numbers) {
    assert.ok((last.get(number % talks) ?? 0) < number, `LK-${number} came too late`);
    last.set(number % talks, number);
  }
}

/** A desk is away for a day, asked every second or more seldom, and then so many tickets are brought. */
export function outageWith(count: number, askedEvery = 1): void {
  it(`brings ${count} tickets after a day without the desk in under five minutes, each once, in order`, async () => {
    const talks = count / 4;
    const { clock, state, taken, deliver } = await waitingTickets(count, talks);
    state.fails = () => 'desk-unavailable';
    const pass = async (seconds: number, step: number) => {
      for (let i = 0; i < seconds && taken.length < count; i += step) {
        await deliver();
        clock.forward(step * second);
      }
    };
    await pass(86_400, askedEvery);
    assert.equal(taken.length, 0);
    state.fails = () => null;
    const [back, started] = [clock.now(), performance.now()];
    await pass(86_400, 1);
    const [virtual, wall] = [(clock.now() - back) / second, (performance.now() - started) / second];
    assert.ok(virtual < 300 && wall < 300, `${virtual} s, ${wall} s`);
    assertOnceInOrder(taken, count, talks);
  });
}
