import assert from 'node:assert/strict';
import { createResilientGet } from '../../src/accounts/resilient-get.ts';
import { codeOf, SupportError } from '../../src/domain/errors.ts';
import type { HttpAnswer } from '../../src/domain/ports.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';

type Step = HttpAnswer | 'unreachable' | 'garbage' | { readonly takesMs: number; readonly then: Step };

const answer = (status: number, retryAfterMs: number | null = null): HttpAnswer => ({
  ...{ status, text: '' },
  header: (name) => (name === 'retry-after' && retryAfterMs !== null ? String(retryAfterMs / 1_000) : undefined),
});
const url = 'https://far-end.test/a';

/** A far end that goes through its steps, on a clock that only it and the pauses move. */
function setUp(steps: readonly Step[], random = countingRandom()) {
  const [clock, log] = [fakeClock(), keptLog()];
  const deadlines: number[] = [];
  const pauses: number[] = [];
  let next = 0;
  const play = (step: Step): Promise<HttpAnswer> => {
    if (step === 'unreachable') return Promise.reject(new SupportError('account-unreachable'));
    if (step === 'garbage') return Promise.reject(new SupportError('account-garbage'));
    if (!('takesMs' in step)) return Promise.resolve(step);
    clock.forward(step.takesMs);
    return play(step.then);
  };
  const startReading = createResilientGet({
    get: (_, { deadlineMs }) => {
      deadlines.push(deadlineMs);
      const step = steps[Math.min(next, steps.length - 1)] ?? 'unreachable';
      next += 1;
      return play(step);
    },
    sleep: (ms) => {
      pauses.push(ms);
      clock.forward(ms);
      return Promise.resolve();
    },
    clock,
    random,
    log,
  });
  return { startReading, clock, log, deadlines, pauses };
}

/** The status, or the code of the error. */
async function result(asking: Promise<HttpAnswer>): Promise<number | string> {
  try {
    return (await asking).status;
  } catch (error) {
    return codeOf(error);
  }
}

describe('asking carefully', () => {
  const table: readonly (readonly [string, readonly Step[], number | string, number])[] = [
    ['asks once what answers', [answer(200)], 200, 1],
    ['asks again what was unreachable', ['unreachable', answer(200)], 200, 2],
    ['asks again what failed', [answer(500), answer(200)], 200, 2],
    ['asks again what is behind a failing proxy', [answer(502), answer(404)], 404, 2],
    ['asks again what was busy', [answer(429), answer(200)], 200, 2],
    ['asks twice, and no more', ['unreachable', 'unreachable', answer(200)], 'account-unreachable', 2],
    ['gives the second failure as it is', ['unreachable', answer(503)], 503, 2],
    ['does not ask again after 400', [answer(400), answer(200)], 400, 1],
    ['does not ask again after 401', [answer(401), answer(200)], 401, 1],
    ['does not ask again after 403', [answer(403), answer(200)], 403, 1],
    ['does not ask again after 404', [answer(404), answer(200)], 404, 1],
    ['does not ask again after 302', [answer(302), answer(200)], 302, 1],
    ['does not ask again after garbage', ['garbage', answer(200)], 'account-garbage', 1],
    ['waits as long as it is asked to', [answer(503, 2_000), answer(200)], 200, 2],
    ['does not ask sooner than it is asked to', [{ takesMs: 300, then: answer(503, 2_000) }, answer(200)], 503, 1],
    ['does not wait an hour', [answer(429, 3_600_000), answer(200)], 429, 1],
    ['asks again within the time', [{ takesMs: 1_900, then: 'unreachable' }, answer(200)], 200, 2],
    ['does not ask again out of time', [{ takesMs: 2_300, then: answer(500) }, answer(200)], 500, 1],
    ['does not ask again after waiting in vain', [{ takesMs: 2_500, then: 'unreachable' }], 'account-unreachable', 1],
  ];
  for (const [does, steps, expected, asked] of table)
    it(does, async () => {
      const { startReading, deadlines, log } = setUp(steps);
      assert.equal(await result(startReading()('stripe')(url, {})), expected);
      assert.equal(deadlines.length, asked);
      assert.deepEqual(log.lines, []);
    });

  it('gives all requests of all sources of one reading one deadline', async () => {
    const { startReading, deadlines } = setUp([{ takesMs: 700, then: answer(200) }]);
    const getFrom = startReading();
    for (const source of ['stripe', 'stripe', 'account-api', 'status-page'] as const)
      assert.equal(await result(getFrom(source)(url, {})), 200);
    assert.deepEqual(deadlines, [2_500, 1_800, 1_100, 400]);
    assert.equal(await result(getFrom('stripe')(url, {})), 'account-unreachable', 'after 2.8 s');
    assert.equal(deadlines.length, 4, 'nothing is asked after the deadline');
    await result(startReading()('stripe')(url, {}));
    assert.equal(deadlines.at(-1), 2_500, 'the next reading has all its time');
  });

  it('counts the pause into the deadline', async () => {
    const { startReading, deadlines, pauses } = setUp([answer(503, 1_000), answer(200)]);
    await startReading()('stripe')(url, {});
    assert.deepEqual(deadlines, [2_500, 2_500 - (pauses[0] ?? 0)]);
  });

  it('never gives more than all of the time, even when the clock was set back', async () => {
    const { startReading, clock, deadlines } = setUp([answer(200)]);
    const get = startReading()('stripe');
    clock.forward(-3_600_000);
    await get(url, {});
    assert.deepEqual(deadlines, [2_500]);
  });

  it('pauses at random: up to 300 ms, or for what was asked for', async () => {
    const pausesFor = async (first: Step) => {
      const random = countingRandom();
      const all: number[] = [];
      for (let i = 0; i < 200; i += 1) {
        const { startReading, pauses } = setUp([first, answer(200)], random);
        await startReading()('stripe')(url, {});
        all.push(...pauses);
      }
      return all;
    };
    const pauses = await pausesFor('unreachable');
    assert.ok(Math.min(...pauses) >= 1 && Math.min(...pauses) < 20);
    assert.ok(Math.max(...pauses) <= 300 && Math.max(...pauses) > 280);
    assert.ok(new Set(pauses).size > 80);
    assert.deepEqual([...new Set(await pausesFor(answer(429, 1_000)))], [1_000]);
  });

  it('asks for JSON, with the headers that were given, for 1 MB at most', async () => {
    const seen: object[] = [];
    const get = (_: string, { headers, mostBytes }: { headers: object; mostBytes: number }) => {
      seen.push({ ...headers, mostBytes });
      return Promise.resolve(answer(200));
    };
    const needs = { sleep: () => Promise.resolve(), clock: fakeClock(), random: countingRandom(), log: keptLog() };
    await createResilientGet({ get, ...needs })()('stripe')(url, { authorization: 'Bearer key' });
    assert.deepEqual(seen, [{ accept: 'application/json', authorization: 'Bearer key', mostBytes: 1_048_576 }]);
  });
});

async function readFiveTimes({ startReading }: ReturnType<typeof setUp>): Promise<void> {
  for (let i = 0; i < 5; i += 1) await result(startReading()('stripe')(url, {}));
}

describe('asking a source that fails again and again', () => {
  const states = ({ log }: ReturnType<typeof setUp>) => log.lines.map(({ fields }) => Object.values(fields).join(' '));

  it('stops: it is unreachable at once, and the error says why', async () => {
    const world = setUp(['unreachable']);
    await readFiveTimes(world);
    assert.equal(world.deadlines.length, 9, 'the fifth failure is not retried');
    await assert.rejects(world.startReading()('stripe')(url, {}), {
      code: 'account-unreachable',
      message: 'not asked, because it failed again and again a moment ago',
    });
    assert.deepEqual([world.deadlines.length, world.pauses.length], [9, 4], 'and it does not pause');
    assert.deepEqual(states(world), ['stripe open']);
  });

  it('does not take the many requests of one reading for many failures', async () => {
    const world = setUp(['unreachable']);
    const get = world.startReading()('stripe');
    await Promise.all(Array.from({ length: 10 }, () => result(get(url, {}))));
    assert.equal(world.deadlines.length, 20);
    assert.deepEqual(states(world), []);
  });

  it('leaves the other sources alone', async () => {
    const world = setUp([...Array<Step>(9).fill('unreachable'), answer(200)]);
    await readFiveTimes(world);
    assert.equal(await result(world.startReading()('account-api')(url, {})), 200);
    assert.equal(await result(world.startReading()('stripe')(url, {})), 'account-unreachable');
  });

  it('probes it with exactly one request of many, and does not retry that one', async () => {
    const world = setUp(['unreachable']);
    await readFiveTimes(world);
    world.clock.forward(10_000);
    const get = world.startReading()('stripe');
    const all = await Promise.all(Array.from({ length: 10 }, () => result(get(url, {}))));
    assert.deepEqual([...new Set(all)], ['account-unreachable']);
    assert.equal(world.deadlines.length, 10);
    assert.deepEqual(states(world), ['stripe open', 'stripe half-open', 'stripe open']);
  });

  it('asks again as usual when the probe was answered', async () => {
    const world = setUp([...Array<Step>(9).fill(answer(503)), answer(404), answer(200)]);
    await readFiveTimes(world);
    world.clock.forward(10_000);
    assert.equal(await result(world.startReading()('stripe')(url, {})), 404, 'a 404 is an answer');
    assert.equal(await result(world.startReading()('stripe')(url, {})), 200);
    assert.deepEqual(states(world), ['stripe open', 'stripe half-open', 'stripe closed']);
  });

  for (const [what, step] of [
    ['garbage', 'garbage'],
    ['a refused key', answer(401)],
  ] as const)
    it(`does not count ${what} as a failure`, async () => {
      const world = setUp([step]);
      for (let i = 0; i < 20; i += 1) await result(world.startReading()('stripe')(url, {}));
      assert.equal(world.deadlines.length, 20);
    });
});
