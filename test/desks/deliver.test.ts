import assert from 'node:assert/strict';
import { deliverDue } from '../../src/desks/deliver.ts';
import { SupportError } from '../../src/domain/errors.ts';
import type { Outbox } from '../../src/domain/ports.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';
import { ticketNumbered } from './contract.ts';

interface Entry {
  dueAt: number;
  attempts: number;
  deliveredAt: number | null;
}

/** An outbox in memory with these tickets due, and a desk that takes none while it is down. */
function world(...numbers: string[]) {
  const [clock, log] = [fakeClock(), keptLog()];
  const entries = new Map<string, Entry>();
  for (const number of numbers) entries.set(number, { dueAt: clock.now(), attempts: 0, deliveredAt: null });
  const entry = (number: string) => entries.get(number) ?? assert.fail(number);
  const outbox: Outbox = {
    claimDue(now, leaseUntil, limit) {
      const due = [...entries].filter(([, one]) => one.deliveredAt === null && one.dueAt <= now).slice(0, limit);
      for (const [, one] of due) Object.assign(one, { dueAt: leaseUntil, attempts: one.attempts + 1 });
      const filed = ([number, one]: [string, Entry]) => ({ ticket: ticketNumbered(number), desk: 'desk', ...one });
      return Promise.resolve(due.map(filed));
    },
    delivered: (number, at) => Promise.resolve(void (entry(number).deliveredAt = at)),
    retryAt: (number, at) => Promise.resolve(void (entry(number).dueAt = at)),
  };
  const taken: string[] = [];
  const desk = {
    name: 'desk',
    refuses: (number: string): boolean => number === '',
    take({ number }: { number: string }) {
      if (desk.refuses(number)) return Promise.reject(new SupportError('desk-unavailable'));
      taken.push(number);
      return Promise.resolve();
    },
  };
  return { clock, log, entry, desk, taken, deliver: () => deliverDue({ outbox, desk, clock, log }) };
}

describe('a delivery', () => {
  it('brings every due ticket to its desk, however many there are', async () => {
    const numbers = Array.from({ length: 45 }, (_, i) => `LK-${i}`);
    const { taken, deliver } = world(...numbers);
    assert.equal(await deliver(), 45);
    assert.deepEqual(taken, numbers);
    assert.equal(await deliver(), 0);
  });

  it('lets one that the desk refuses hold up no other', async () => {
    const { desk, taken, deliver } = world('LK-1', 'LK-2', 'LK-3');
    desk.refuses = (number) => number === 'LK-2';
    assert.equal(await deliver(), 2);
    assert.deepEqual(taken, ['LK-1', 'LK-3']);
  });

  it('is tried again later and later, at most every five minutes, until it arrives', async () => {
    const { clock, desk, entry, taken, deliver } = world('LK-1');
    desk.refuses = () => true;
    const waits: number[] = [];
    for (let i = 0; i < 11; i += 1) {
      await deliver();
      waits.push(entry('LK-1').dueAt - clock.now());
      clock.forward(waits.at(-1) ?? 0);
    }
    const seconds = waits.map((ms) => ms / 1_000);
    assert.deepEqual(seconds, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    desk.refuses = () => false;
    assert.equal(await deliver(), 1);
    assert.deepEqual(taken, ['LK-1']);
  });

  it('is not tried before its time', async () => {
    const { clock, desk, entry, deliver } = world('LK-1');
    desk.refuses = () => true;
    await deliver();
    clock.forward(999);
    await deliver();
    assert.equal(entry('LK-1').attempts, 1);
  });

  it('is logged by its code when it fails, with the ticket’s number and nothing of its contents', async () => {
    const { desk, log, deliver } = world('LK-1');
    desk.refuses = () => true;
    await deliver();
    const [{ level, fields, message } = assert.fail(), ...more] = log.lines;
    const { err, ...told } = fields as { err: unknown };
    assert.ok(err instanceof SupportError);
    assert.deepEqual([level, message, more], ['warn', 'desk failed', []]);
    assert.deepEqual(told, { desk: 'desk', ticket: 'LK-1', attempts: 1, delayMs: 1_000, code: 'desk-unavailable' });
  });
});
