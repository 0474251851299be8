import assert from 'node:assert/strict';
import { createForgetting } from '../../src/bot/forgetting.ts';
import { SupportError } from '../../src/domain/errors.ts';
import type { Forgotten, Retention } from '../../src/domain/privacy.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';

const [hour, day] = [3_600_000, 86_400_000];
/** Nobody else forgets. */
const free = { hold: () => Promise.resolve(true), release: () => Promise.resolve() };

/** Forgetting over a store that tells what was asked of it, with a clock and an uptime that the test moves. */
function forgettingOver(differs: Partial<Retention> = {}) {
  const clock = fakeClock();
  const log = keptLog();
  const asked: string[] = [];
  let up = 0;
  const nothing: Forgotten = { count: 0, next: null };
  const kept = (before: number) => (clock.now() - before) / day;
  const retention: Retention = {
    night: (now) => Promise.resolve(now),
    forgetExpired: () => Promise.resolve(void asked.push('expired')),
    forgetTickets: (before) => Promise.resolve(void asked.push(`tickets ${kept(before)}`)).then(() => nothing),
    forgetConversations: (before) => Promise.resolve(void asked.push(`talks ${kept(before)}`)).then(() => nothing),
    forgetScreenshots: (before) => Promise.resolve(void asked.push(`screenshots ${kept(before)}`)).then(() => nothing),
    scrub: () => Promise.resolve(true),
    ...differs,
  };
  const forgetting = createForgetting({
    ...{ retention, leases: free, clock, log, uptime: () => up },
    days: { conversations: 90, tickets: 365, screenshots: 30 },
    pause: () => Promise.resolve(),
  });
  /** Time goes by for the process and, unless told otherwise, for the clock. */
  async function pass(ms: number, byClock = ms) {
    up += ms;
    clock.forward(byClock);
    forgetting.run();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { forgetting, asked, log, pass };
}

const one = ['expired', 'tickets 365', 'talks 90', 'screenshots 30'];

describe('forgetting', () => {
  it('begins ten minutes after the start and then every night, tickets before the conversations that they keep', async () => {
    const { asked, pass } = forgettingOver();
    await pass(0);
    await pass(599_000);
    assert.deepEqual(asked, []);
    await pass(1_000);
    assert.deepEqual(asked, one);
    for (let i = 0; i < 72; i += 1) await pass(hour);
    assert.equal(asked.length, 4 * one.length);
  });

  it('is not begun by a clock that jumps, ahead or back', async () => {
    const { asked, pass } = forgettingOver();
    await pass(600_000);
    for (const jump of [365 * day, -365 * day, 5 * day, -9 * day]) await pass(1_000, jump);
    assert.deepEqual(asked, one);
    await pass(12 * hour, 24 * hour);
    assert.equal(asked.length, 2 * one.length);
  });

  it('removes nothing in its first night, of which nothing came before', async () => {
    const { asked, pass } = forgettingOver({ night: () => Promise.resolve(null) });
    await pass(600_000);
    assert.deepEqual(asked, ['expired']);
  });

  it('goes on part by part, and ends with the one under way when it is stopped', async () => {
    const places: unknown[] = [];
    const { forgetting, pass } = forgettingOver({
      forgetTickets(_, after) {
        places.push(after);
        if (places.length === 3) void forgetting.stop();
        return Promise.resolve({ count: 1, next: [places.length, 'LK'] });
      },
    });
    await pass(600_000);
    await forgetting.stop();
    assert.deepEqual(places, [null, [1, 'LK'], [2, 'LK']]);
    await pass(2 * day);
    assert.equal(places.length, 3);
  });

  it('that failed is tried again ten minutes later, and logged unless the store tells of it', async () => {
    const errors = [new Error('a fault of ours'), new SupportError('store-unavailable'), null];
    const { asked, log, pass } = forgettingOver({
      night: (now) => {
        const error = errors.shift();
        return error ? Promise.reject(error) : Promise.resolve(now);
      },
    });
    await pass(600_000);
    await pass(300_000);
    assert.deepEqual(asked, ['expired']);
    await pass(300_000);
    await pass(600_000);
    assert.deepEqual(asked, ['expired', 'expired', ...one]);
    assert.deepEqual(
      log.lines.map(({ level }) => level),
      ['error'],
    );
  });

  it('tries again to overwrite what is gone while somebody reads, and tells how much it was', async () => {
    let reads = 3;
    const { log, pass } = forgettingOver({
      forgetConversations: () => Promise.resolve({ count: 2, next: null }),
      scrub: () => Promise.resolve((reads -= 1) === 0),
    });
    await pass(600_000);
    assert.equal(reads, 0);
    assert.deepEqual(
      log.lines.map(({ fields }) => fields),
      [{ tickets: 0, conversations: 2, screenshots: 0 }],
    );
  });
});
