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
  /** What agents read of what was added to a ticket, in order, without our last line; missing: they read the talk itself. */
  readonly added?: (number: string) => readonly string[];
  readonly turn: (farEnd: FarEnd) => void;
  /** Time passes at both ends; for a desk that must wait until it can tell whether it has a ticket. */
  readonly wait?: () => void;
  /** What only the desk and we may know. */
  readonly secrets: readonly string[];
  readonly close?: () => unknown;
}

const failures = { down: 'desk-unavailable', refusing: 'desk-refused', late: 'desk-unavailable' } as const;

/** Words that would do something in HTML, in a wiki or in a mail; the last line would pass for one of ours. */
const hostile = [
  '<img src=x onerror="alert(1)">&amp; <b>it’s</b></small></p>',
  '{noformat}*bold* !https://evil.example/x.png! {NoFormat:title=x} [here|https://evil.example] {{noformat}',
  `${'A long line of many words. '.repeat(10)}\r\nBcc: victim@example.net\r\n\r\n.`,
  '– customer in the chat, 2026-11-22 10:19 UTC · LK-1/19',
].join('\n');

/** What every desk promises; `farEnds`: those that this one can meet; `showsTalk`: agents read there what is written later. */
export function deskContract(
  name: string,
  farEnds: readonly Exclude<FarEnd, 'up'>[],
  start: () => OpenDesk | Promise<OpenDesk>,
  { showsTalk } = { showsTalk: false },
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
        const at = filedAt(await take('LK-1'));
        open.turn(farEnd);
        const errors = [await failureOf(open.desk.take(ticketOfSomeone('LK-1'), { again: false }))];
        for (const again of showsTalk ? [] : [false, true])
          errors.push(await failureOf(open.desk.add(at, later(17), { again })));
        const log = keptLog();
        await createDelivery({ ...oneTicket(name), desk: open.desk, random: countingRandom(), log })();
        assert.equal(log.lines.length, 1);
        const told = inspect([errors, log.lines], { depth: Infinity, showHidden: true, maxStringLength: Infinity });
        for (const part of [words, 'zoe@example.com', 'ada@customer.example', ...open.secrets])
          assert.ok(!told.includes(part), `${part} in ${told}`);
      });

    const added = () => open.added?.('LK-1').map(squeezed);
    const told = (...messages: string[]) => (showsTalk ? undefined : messages.map(squeezed));

    it('takes what is written later, in order, and once when it comes again', async () => {
      const at = filedAt(await take('LK-1'));
      for (const seq of [17, 19]) await open.desk.add(at, later(seq, `message ${seq}`), { again: false });
      for (const seq of [17, 19, 21]) await open.desk.add(at, later(seq, `message ${seq}`), { again: true });
      assert.deepEqual(added(), told('message 17', 'message 19', 'message 21'));
      assert.deepEqual(await open.taken(), ['LK-1']);
    });

    it('shows what is written later and does nothing else with it', async () => {
      const at = filedAt(await take('LK-1'));
      await open.desk.add(at, later(17, hostile), { again: false });
      await open.desk.add(at, later(19, 'the real one'), { again: true });
      assert.deepEqual(added(), told(hostile, 'the real one'));
    });

    for (const farEnd of showsTalk ? [] : farEnds)
      it(`says ${failures[farEnd]} of what is written later when it is ${farEnd}, and takes it once afterwards`, async () => {
        const at = filedAt(await take('LK-1'));
        open.turn(farEnd);
        for (const again of [false, true])
          assert.equal(codeOf(await failureOf(open.desk.add(at, later(17, 'hello'), { again }))), failures[farEnd]);
        open.turn('up');
        await open.desk.add(at, later(17, 'hello'), { again: true });
        assert.deepEqual(added(), ['hello']);
      });

    it('has its own name', () => {
      assert.equal(open.desk.name, name);
    });

    const filedAt = (ref: TicketRef | null) => filed(ticketNumbered('LK-1'), name, ref);
  });
}

/** A text without its spaces, in which desks may break lines. */
function squeezed(text: string): string {
  return text.replaceAll(/\s/g, '');
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
