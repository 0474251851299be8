import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { createDelivery } from '../../src/desks/deliver.ts';
import { codeOf } from '../../src/domain/errors.ts';
import type { Desk, Outbox } from '../../src/domain/ports.ts';
import type { Delivery, TicketRef } from '../../src/domain/ticket.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';
import { filed, later, ticketNumbered, ticketOfSomeone, words } from './tickets.ts';

export { ticketNumbered };

/** How a desk's far end behaves; late: it takes the ticket, and says so when nobody waits any more. */
export type FarEnd = 'up' | 'down' | 'refusing' | 'late';

/** A desk with its far end: the numbers it has taken, and a way to change it. */
export interface OpenDesk {
  readonly desk: Desk;
  readonly taken: () => Promise<readonly string[]>;
  /** What was added to a ticket, in order; for a desk that adds. */
  readonly added?: (number: string) => readonly string[];
  readonly turn: (farEnd: FarEnd) => void;
  /** Time passes at both ends; for a desk that must wait until it can tell whether it has a ticket. */
  readonly wait?: () => void;
  /** What only the desk and we may know. */
  readonly secrets: readonly string[];
  readonly close?: () => unknown;
}

const failures = { down: 'desk-unavailable', refusing: 'desk-refused', late: 'desk-unavailable' } as const;

/** What every desk promises; `farEnds`: those that this one can meet; `adds`: agents answer the customer from it. */
export function deskContract(
  name: string,
  farEnds: readonly Exclude<FarEnd, 'up'>[],
  start: () => OpenDesk | Promise<OpenDesk>,
  { adds } = { adds: false },
): void {
  describe(`the desk ${name}`, () => {
    let open: OpenDesk;
    beforeEach(async () => (open = await start()));
    afterEach(() => open.close?.());
    const take = (number: string) => open.desk.take(ticketNumbered(number), { again: false });
    /** Until it is taken: the desk may ask for time. */
    const takeAgain = async (number: string): Promise<TicketRef | null> => {
      const taking = open.desk.take(ticketNumbered(number), { again: true });
      if (!open.wait) return taking;
      return taking.catch((error: unknown) => {
        if (codeOf(error) !== 'desk-unavailable') throw error;
        open.wait?.();
        return open.desk.take(ticketNumbered(number), { again: true });
      });
    };

    it('takes tickets', async () => {
      for (const number of ['LK-1', 'LK-2']) await take(number);
      assert.deepEqual(await open.taken(), ['LK-1', 'LK-2']);
    });

    it('takes a ticket that comes again only once, and says the same of it', async () => {
      const first = await take('LK-1');
      assert.deepEqual(await takeAgain('LK-1'), first);
      assert.deepEqual(await open.taken(), ['LK-1']);
    });

    it('takes a ticket whose first attempt never arrived', async () => {
      await takeAgain('LK-1');
      assert.deepEqual(await open.taken(), ['LK-1']);
    });

    for (const farEnd of farEnds)
      it(`says ${failures[farEnd]} when it is ${farEnd}, and takes the ticket once afterwards`, async () => {
        open.turn(farEnd);
        assert.equal(codeOf(await failureOf(take('LK-1'))), failures[farEnd]);
        assert.equal(codeOf(await failureOf(takeAgain('LK-1'))), failures[farEnd]);
        open.turn('up');
        await takeAgain('LK-1');
        await take('LK-2');
        assert.deepEqual(await open.taken(), ['LK-1', 'LK-2']);
      });

    for (const farEnd of farEnds)
      it(`tells neither a secret nor the customer’s words when it is ${farEnd}, in its error or in the log`, async () => {
        open.turn(farEnd);
        const errors = [await failureOf(open.desk.take(ticketOfSomeone('LK-1'), { again: false }))];
        if (open.desk.add) errors.push(await failureOf(open.desk.add(filedAt(null), later(17), { again: true })));
        const log = keptLog();
        await createDelivery({ ...oneTicket(name), desk: open.desk, random: countingRandom(), log })();
        assert.equal(log.lines.length, 1);
        const told = inspect([errors, log.lines], { depth: Infinity, showHidden: true, maxStringLength: Infinity });
        for (const part of [words, 'zoe@example.com', 'ada@customer.example', ...open.secrets])
          assert.ok(!told.includes(part), `${part} in ${told}`);
      });

    it(`${adds ? 'adds' : 'does not add'} what is written later, in order, and once when it comes again`, async () => {
      const { desk, added } = open;
      assert.deepEqual([desk.add !== undefined, added !== undefined], [adds, adds]);
      const at = filedAt(await take('LK-1'));
      for (const seq of [17, 19]) await desk.add?.(at, later(seq, `message ${seq}`), { again: false });
      for (const seq of [17, 19, 21]) await desk.add?.(at, later(seq, `message ${seq}`), { again: true });
      assert.deepEqual(added?.('LK-1'), adds ? ['message 17', 'message 19', 'message 21'] : undefined);
    });

    it('has its own name', () => {
      assert.equal(open.desk.name, name);
    });

    const filedAt = (ref: TicketRef | null) => filed(ticketNumbered('LK-1'), name, ref);
  });
}

/** What a desk needs, with a deadline that passes soon while its far end is late, and never under load. */
export function hasty<Needs extends object>(needs: Needs, farEnd: { readonly fault: string }, soonMs = 150) {
  return Object.defineProperty({ ...needs, deadlineMs: 0 }, 'deadlineMs', {
    enumerable: true,
    get: () => (farEnd.fault === 'late' ? soonMs : 10_000),
  });
}

/** What a call throws. */
export function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => assert.fail('taken'),
    (error: unknown) => error,
  );
}

/** An outbox with one ticket, which is due once. */
function oneTicket(desk: string) {
  const delivery = { id: 'LK-1', filed: filed(ticketNumbered('LK-1'), desk, null), message: null, attempts: 1 };
  const due: Delivery[] = [delivery];
  const done = () => Promise.resolve();
  const outbox: Outbox = {
    claimDue: () => Promise.resolve(due.splice(0)),
    ...{ delivered: done, retryAt: done, deadLetter: done, requeue: () => Promise.resolve(false) },
  };
  return { outbox, clock: fakeClock() };
}
