import assert from 'node:assert/strict';
import { codeOf } from '../../src/domain/errors.ts';
import type { Desk } from '../../src/domain/ports.ts';
import type { Ticket } from '../../src/domain/ticket.ts';

/** A desk with its far end: the numbers it has taken, and a way to break it. */
export interface OpenDesk {
  readonly desk: Desk;
  readonly taken: () => Promise<readonly string[]>;
  readonly breakDown: () => void;
}

/** What deliveries use of a ticket. */
export function ticketNumbered(number: string): Ticket {
  return { number } as Ticket;
}

/** What every desk promises. */
export function deskContract(name: string, open: () => OpenDesk): void {
  describe(`the desk ${name}`, () => {
    it('takes tickets', async () => {
      const { desk, taken } = open();
      for (const number of ['LK-1', 'LK-2']) await desk.take(ticketNumbered(number));
      assert.deepEqual(await taken(), ['LK-1', 'LK-2']);
    });

    it('takes a ticket that comes twice only once', async () => {
      const { desk, taken } = open();
      for (const number of ['LK-1', 'LK-1']) await desk.take(ticketNumbered(number));
      assert.deepEqual(await taken(), ['LK-1']);
    });

    it('says by its code that it is not available, and keeps the cause', async () => {
      const { desk, breakDown } = open();
      breakDown();
      await assert.rejects(desk.take(ticketNumbered('LK-1')), (error: Error) => {
        assert.equal(codeOf(error), 'desk-unavailable');
        assert.ok(error.cause instanceof Error);
        return true;
      });
    });

    it('has its own name', () => {
      assert.equal(open().desk.name, name);
    });
  });
}
