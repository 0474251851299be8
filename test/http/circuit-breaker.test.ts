import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createCircuitBreaker, type ReportAttempt } from '../../src/http/circuit-breaker.ts';
import type { BreakerState } from '../../src/domain/operations.ts';
import { fakeClock } from '../support/fakes.ts';

function setUp(opensAfter = 5) {
  const clock = fakeClock();
  const changes: BreakerState[] = [];
  const rests: (readonly [number, number | null])[] = [];
  const breaker = createCircuitBreaker({
    ...{ opensAfter, clock, changed: (state) => changes.push(state) },
    restMs(openings, retryAfterMs) {
      rests.push([openings, retryAfterMs]);
      return 10_000;
    },
  });
  /** Asks once, and has it succeed or not. False: it was not let through. */
  const once = (succeeds: boolean, retryAfterMs?: number): boolean => {
    const report = breaker.ask();
    report?.(succeeds, retryAfterMs);
    return report !== null;
  };
  const fail = (times: number) => Array.from({ length: times }, () => once(false));
  return { clock, breaker, changes, rests, once, fail };
}

describe('a circuit breaker', () => {
  it('opens after so many failures in a row, and then lets nothing through', () => {
    const { once, fail, changes, breaker } = setUp();
    assert.deepEqual(fail(5), [true, true, true, true, true]);
    assert.deepEqual([once(true), once(true)], [false, false]);
    assert.deepEqual([changes, breaker.state()], [['open'], 'open']);
  });

  it('stays closed where the failures are not in a row', () => {
    const { once, fail, changes } = setUp();
    fail(4);
    once(true);
    fail(4);
    assert.equal(once(true), true);
    assert.deepEqual(changes, []);
  });

  it('lets exactly one probe through when it rested, and nothing beside it', () => {
    const { breaker, clock, once, fail } = setUp();
    fail(5);
    clock.forward(9_999);
    assert.deepEqual([once(true), breaker.state(), breaker.restsMs()], [false, 'open', 1], 'too early');
    clock.forward(1);
    assert.deepEqual([breaker.state(), breaker.restsMs()], ['half-open', 0]);
    assert.ok(breaker.ask(), 'the probe');
    clock.forward(60_000);
    assert.deepEqual([breaker.ask(), breaker.state()], [null, 'half-open'], 'beside the probe');
  });

  it('closes when the probe succeeds, and counts anew', () => {
    const { clock, once, fail, changes } = setUp();
    fail(5);
    clock.forward(10_000);
    assert.equal(once(true), true);
    fail(4);
    assert.equal(once(true), true);
    assert.deepEqual(changes, ['open', 'half-open', 'closed']);
  });

  it('rests again, all of its time, when the probe fails', () => {
    const { clock, once, fail, changes } = setUp();
    fail(5);
    clock.forward(15_000);
    fail(1);
    clock.forward(9_999);
    assert.equal(once(true), false);
    clock.forward(1);
    assert.equal(once(true), true);
    assert.deepEqual(changes, ['open', 'half-open', 'open', 'half-open', 'closed']);
  });

  it('rests as it is told to, by how often it opened in a row and by what was asked for', () => {
    const { clock, once, rests } = setUp(1);
    once(false, 7_000);
    for (const succeeds of [false, true]) {
      clock.forward(10_000);
      once(succeeds);
    }
    once(false);
    assert.deepEqual(rests, [
      [1, 7_000],
      [2, null],
      [1, null],
    ]);
  });

  it('is opened once by many that fail at once, and not closed by one of them that succeeds late', () => {
    const { breaker, changes, once } = setUp();
    const asked = Array.from({ length: 20 }, () => breaker.ask());
    for (const report of asked.slice(0, 19)) report?.(false);
    asked[19]?.(true);
    assert.equal(once(true), false);
    assert.deepEqual(changes, ['open']);
  });

  it('is probed at once when the clock was set back', () => {
    const { clock, once, fail, breaker } = setUp();
    fail(5);
    clock.forward(-3_600_000);
    assert.equal(breaker.state(), 'half-open');
    assert.equal(once(true), true);
  });

  it('never lets two through at once after it opened, and tells each change once, whatever happens', () => {
    const step = fc.oneof(
      fc.constant('ask' as const),
      fc.record({ report: fc.nat(5), succeeds: fc.boolean() }),
      fc.record({ forwardMs: fc.constantFrom(1, 5_000, 10_000) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { breaker, clock, changes } = setUp(2);
        const open: ReportAttempt[] = [];
        let probes = 0;
        for (const one of steps) {
          if (one === 'ask') {
            const wasClosed = breaker.state() === 'closed';
            const report = breaker.ask();
            if (report) open.push(report);
            if (report && !wasClosed) probes += 1;
          } else if ('forwardMs' in one) clock.forward(one.forwardMs);
          else open.splice(one.report, 1).forEach((report) => report(one.succeeds));
        }
        assert.equal(changes.filter((state) => state === 'half-open').length, probes);
        changes.forEach((state, i) => assert.notEqual(state, changes[i - 1], changes.join()));
      }),
      { numRuns: 500 },
    );
  });
});
