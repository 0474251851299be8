import assert from 'node:assert/strict';
import { createDelivery } from '../../src/desks/deliver.ts';
import { errorCodes, SupportError } from '../../src/domain/errors.ts';
import type { DeadLetter } from '../../src/domain/ticket.ts';
import type { Outbox } from '../../src/domain/ports.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';
import { filed, ticketNumbered } from './tickets.ts';

interface Entry {
  dueAt: number;
  attempts: number;
  deliveredAt: number | null;
  dead: DeadLetter | null;
}

const unavailable = (retryAfterMs?: number) =>
  new SupportError('desk-unavailable', { retryAfterMs: retryAfterMs ?? null });

/** An outbox in memory with these tickets due, and a desk that fails as `fails` says of a number. */
function world(...numbers: string[]) {
  const [clock, log] = [fakeClock(), keptLog()];
  const entries = new Map<string, Entry>();
  for (const number of numbers) entries.set(number, { dueAt: clock.now(), attempts: 0, deliveredAt: null, dead: null });
  const entry = (number: string) => entries.get(number) ?? assert.fail(number);
  const outbox: { -readonly [K in keyof Outbox]: Outbox[K] } = {
    claimDue(now, leaseUntil, limit) {
      const open = [...entries].filter(([, { deliveredAt, dead }]) => deliveredAt === null && dead === null);
      const due = open.filter(([, one]) => one.dueAt <= now).slice(0, limit);
      for (const [, one] of due) Object.assign(one, { dueAt: leaseUntil, attempts: one.attempts + 1 });
      return Promise.resolve(
        due.map(([id, { attempts }]) => ({
          id,
          attempts,
          message: null,
          filed: filed(ticketNumbered(id), 'desk', null),
        })),
      );
    },
    delivered: (number, at) => Promise.resolve(void (entry(number).deliveredAt = at)),
    retryAt: (number, _, at) => Promise.resolve(void (entry(number).dueAt = at)),
    deadLetter: (number, _, dead) => Promise.resolve(void (entry(number).dead = dead)),
    requeue: () => Promise.resolve(false),
  };
  const taken: string[] = [];
  const asked: string[] = [];
  const cameAgain = new Set<string>();
  const desk = {
    name: 'desk',
    fails: (number: string): Error | null => (number === '' ? unavailable() : null),
    take({ number }: { number: string }, { again }: { again: boolean }) {
      if (again) cameAgain.add(number);
      asked.push(number);
      const error = desk.fails(number);
      if (error) return Promise.reject(error);
      taken.push(number);
      return Promise.resolve({ id: `at ${number}`, url: null });
    },
    add: () => Promise.reject(new Error('nothing was written later')),
  };
  const deliver = createDelivery({ outbox, desk, clock, random: countingRandom(), log });
  return { clock, log, entry, outbox, desk, taken, asked, cameAgain, deliver };
}

const many = (count: number) => Array.from({ length: count }, (_, i) => `LK-${i}`);

describe('a delivery', () => {
  it('brings every due ticket to its desk, however many there are', async () => {
    const { taken, deliver } = world(...many(45));
    assert.equal(await deliver(), 45);
    assert.deepEqual(taken, many(45));
    assert.equal(await deliver(), 0);
  });

  it('says to the desk which tickets came before, for they may have arrived', async () => {
    const { clock, desk, cameAgain, deliver } = world('LK-1', 'LK-2');
    desk.fails = (number) => (number === 'LK-2' ? unavailable() : null);
    await deliver();
    assert.deepEqual([...cameAgain], []);
    desk.fails = () => null;
    clock.forward(1_000);
    await deliver();
    assert.deepEqual([...cameAgain], ['LK-2']);
  });

  it('lets one that the desk does not take hold up no other', async () => {
    const { desk, taken, deliver } = world('LK-1', 'LK-2', 'LK-3');
    desk.fails = (number) => (number === 'LK-2' ? unavailable() : null);
    assert.equal(await deliver(), 2);
    assert.deepEqual(taken, ['LK-1', 'LK-3']);
  });

  it('is tried again later and later, within 1, 2, 4, … seconds and at most five minutes, until it arrives', async () => {
    const { clock, desk, entry, taken, asked, deliver } = world('LK-1');
    desk.fails = () => unavailable();
    for (const most of [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]) {
      await deliver();
      const [pause, before] = [entry('LK-1').dueAt - clock.now(), asked.length];
      assert.ok(pause >= 1 && pause <= most * 1_000, `${pause} ms`);
      clock.forward(pause - 1);
      await deliver();
      assert.equal(asked.length, before, 'not before its time');
      clock.forward(1);
    }
    desk.fails = () => null;
    assert.equal(await deliver(), 1);
    assert.deepEqual(taken, ['LK-1']);
  });

  it('asks the desk nothing at all before the time it asked for, at most five minutes', async () => {
    for (const [asks, waits] of [
      [120_000, 120_000],
      [86_400_000, 300_000],
    ] as const) {
      const { clock, desk, entry, asked, taken, deliver } = world(...many(30));
      desk.fails = (number) => (number === 'LK-3' ? unavailable(asks) : null);
      await deliver();
      assert.equal(asked.length, 20, 'the rest of the round is not begun');
      assert.ok(entry('LK-3').dueAt >= clock.now() + waits, 'kept, should the process end');
      desk.fails = () => null;
      clock.forward(waits - 1);
      assert.equal(await deliver(), 0);
      clock.forward(1);
      assert.equal(await deliver(), 11);
      assert.equal(taken.length, 30);
    }
  });

  it('asks a desk that is down with one ticket at a time, within 30 seconds, and brings the rest once it is back', async () => {
    const { clock, desk, asked, deliver } = world(...many(200));
    desk.fails = () => unavailable();
    await deliver();
    assert.equal(asked.length, 20);
    for (let second = 0; second < 3_600; second += 1) {
      clock.forward(1_000);
      await deliver();
    }
    const requests = asked.splice(0).length;
    assert.ok(requests > 140 && requests < 500, `${requests} requests in an hour`);
    desk.fails = () => null;
    clock.forward(30_000);
    assert.ok((await deliver()) > 190);
  });

  it('makes a dead letter of what the desk refuses, at once, and raises an alarm without the customer’s words', async () => {
    const { clock, desk, entry, asked, log, deliver } = world('LK-1', 'LK-2');
    const detail = 'The desk answered 401.';
    desk.fails = (number) => (number === 'LK-1' ? new SupportError('desk-refused', { detail }) : null);
    assert.equal(await deliver(), 1);
    assert.deepEqual(entry('LK-1').dead, { at: clock.now(), reason: detail });
    clock.forward(86_400_000);
    await deliver();
    assert.deepEqual(asked, ['LK-1', 'LK-2']);
    const told = { desk: 'desk', ticket: 'LK-1', attempts: 1, code: 'desk-refused', reason: detail };
    const message =
      'the desk refused a ticket: it is kept and not tried again until an operator puts it back in the queue';
    assert.deepEqual(log.lines, [{ level: 'error', fields: { alarm: 'dead-letter', ...told }, message }]);
  });

  it('is logged by its code when it fails, with the ticket’s number and nothing of its contents', async () => {
    const { desk, entry, clock, log, deliver } = world('LK-1');
    desk.fails = () => unavailable();
    await deliver();
    const [{ level, fields, message } = assert.fail(), ...more] = log.lines;
    assert.deepEqual([level, message, more], ['warn', 'desk failed', []]);
    const delayMs = entry('LK-1').dueAt - clock.now();
    const reason = errorCodes['desk-unavailable'];
    assert.deepEqual(fields, { desk: 'desk', ticket: 'LK-1', attempts: 1, delayMs, code: 'desk-unavailable', reason });
  });

  it('is tried again after an unexpected error, which is logged without its words', async () => {
    const { desk, clock, log, taken, deliver } = world('LK-1');
    desk.fails = () => new TypeError('cannot write “I am Zoe”');
    await deliver();
    assert.equal(log.lines[0]?.level, 'error');
    assert.ok(!JSON.stringify(log.lines).includes('Zoe'));
    desk.fails = () => null;
    clock.forward(1_000);
    await deliver();
    assert.deepEqual(taken, ['LK-1']);
  });

  it('comes again with the same number when the process died before its mark', async () => {
    const { outbox, asked, clock, deliver } = world('LK-1');
    const { delivered } = outbox;
    outbox.delivered = () => Promise.reject(new Error('killed'));
    await assert.rejects(deliver(), /killed/);
    outbox.delivered = delivered;
    clock.forward(30_000);
    assert.equal(await deliver(), 1);
    assert.deepEqual(asked, ['LK-1', 'LK-1']);
  });

  it('goes on probing although the store failed during a probe', async () => {
    const { outbox, desk, clock, taken, deliver } = world(...many(20));
    desk.fails = () => unavailable();
    await deliver();
    desk.fails = () => null;
    clock.forward(30_000);
    const { delivered } = outbox;
    outbox.delivered = () => Promise.reject(new Error('disk full'));
    await assert.rejects(deliver(), /disk full/);
    assert.equal(await deliver(), 0, 'nothing good is known of the desk');
    outbox.delivered = delivered;
    clock.forward(30_000);
    assert.equal(await deliver(), 20);
    assert.equal(new Set(taken).size, 20);
  });

  it('does not hold up others because of one ticket that fails alone', async () => {
    const { clock, desk, entry, taken, deliver } = world('LK-1', 'LK-2');
    desk.fails = (number) => (number === 'LK-1' ? unavailable() : null);
    entry('LK-2').dueAt = clock.now() + 1;
    await deliver();
    clock.forward(1);
    assert.equal(await deliver(), 1);
    assert.deepEqual(taken, ['LK-2']);
  });

  it('ends its round after 5 seconds, so that a stop need not wait for a long drain', async () => {
    const { desk, clock, deliver } = world(...many(60));
    desk.fails = () => {
      clock.forward(200);
      return null;
    };
    assert.deepEqual([await deliver(), await deliver()], [40, 20]);
  });
});
