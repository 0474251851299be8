import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { deliverDue } from '../../src/desks/deliver.ts';
import { codeOf } from '../../src/domain/errors.ts';
import type { Desk, Outbox } from '../../src/domain/ports.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';

/** How a desk's far end behaves; late: it takes the ticket, and says so when nobody waits any more. */
export type FarEnd = 'up' | 'down' | 'refusing' | 'late';

/** A desk with its far end: the numbers it has taken, and a way to change it. */
export interface OpenDesk {
  readonly desk: Desk;
  readonly taken: () => Promise<readonly string[]>;
  readonly turn: (farEnd: FarEnd) => void;
  /** What only the desk and we may know. */
  readonly secrets: readonly string[];
  readonly close?: () => unknown;
}

const words = 'My invoice of Straße 7 says “access denied”, mail me at zoe@example.com';

/** What deliveries use of a ticket. */
export function ticketNumbered(number: string, conversationId = 'talk'): Ticket {
  const problem = { words } as Ticket['problem'];
  return { number, conversationId, openedAt: Date.UTC(2026, 10, 22, 10), problem } as Ticket;
}

const failures = { down: 'desk-unavailable', refusing: 'desk-refused', late: 'desk-unavailable' } as const;

/** What every desk promises; `farEnds`: those that this one can meet. */
export function deskContract(
  name: string,
  farEnds: readonly Exclude<FarEnd, 'up'>[],
  start: () => OpenDesk | Promise<OpenDesk>,
): void {
  describe(`the desk ${name}`, () => {
    let open: OpenDesk;
    beforeEach(async () => (open = await start()));
    afterEach(() => open.close?.());
    const failed = () =>
      open.desk.take(ticketNumbered('LK-1')).then(
        () => assert.fail('taken'),
        (error: unknown) => error,
      );

    it('takes tickets', async () => {
      for (const number of ['LK-1', 'LK-2']) await open.desk.take(ticketNumbered(number));
      assert.deepEqual(await open.taken(), ['LK-1', 'LK-2']);
    });

    it('takes a ticket that comes twice only once', async () => {
      for (const number of ['LK-1', 'LK-1']) await open.desk.take(ticketNumbered(number));
      assert.deepEqual(await open.taken(), ['LK-1']);
    });

    for (const farEnd of farEnds)
      it(`says ${failures[farEnd]} when it is ${farEnd}, and takes the ticket once afterwards`, async () => {
        open.turn(farEnd);
        assert.equal(codeOf(await failed()), failures[farEnd]);
        open.turn('up');
        await open.desk.take(ticketNumbered('LK-1'));
        assert.deepEqual(await open.taken(), ['LK-1']);
      });

    for (const farEnd of farEnds)
      it(`tells neither a secret nor the customer’s words when it is ${farEnd}, in its error or in the log`, async () => {
        open.turn(farEnd);
        const error = await failed();
        const log = keptLog();
        await deliverDue({ ...oneTicket(), desk: open.desk, random: countingRandom(), log });
        assert.equal(log.lines.length, 1);
        const told = inspect([error, log.lines], { depth: Infinity, showHidden: true, maxStringLength: Infinity });
        for (const part of [words, 'zoe@example.com', ...open.secrets]) assert.ok(!told.includes(part), told);
      });

    it('has its own name', () => {
      assert.equal(open.desk.name, name);
    });
  });
}

/** An outbox with one ticket, which is due once. */
function oneTicket() {
  const due = [{ ticket: ticketNumbered('LK-1'), desk: '', deliveredAt: null, attempts: 1, dead: null }];
  const done = () => Promise.resolve();
  const outbox: Outbox = {
    claimDue: () => Promise.resolve(due.splice(0)),
    ...{ delivered: done, retryAt: done, bury: done, revive: () => Promise.resolve(false) },
  };
  return { outbox, clock: fakeClock() };
}
