import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createBreaker } from '../../src/accounts/breaker.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';

function setUp() {
  const [clock, log] = [fakeClock(), keptLog()];
  const breaker = createBreaker('stripe', { clock, log });
  const states = () => log.lines.map(({ level, fields }) => [level, (fields as { breaker: string }).breaker].join(' '));
  /** Asks once, in a reading of its own, and has it answered or not. False: it was not let through. */
  const once = (answered: boolean): boolean => {
    const report = breaker.ask({});
    report?.(answered);
    return report !== null;
  };
  const fail = (times: number) => Array.from({ length: times }, () => once(false));
  return { clock, breaker, states, once, fail };
}

describe('a breaker', () => {
  it('opens after five readings in a row that failed, and then lets nothing through', () => {
    const { once, fail, states } = setUp();
    assert.deepEqual(fail(5), [true, true, true, true, true]);
    assert.deepEqual([once(true), once(true)], [false, false]);
    assert.deepEqual(states(), ['warn open']);
  });

  it('stays closed where the failures are not in a row', () => {
    const { once, fail, states } = setUp();
    fail(4);
    once(true);
    fail(4);
    assert.equal(once(true), true);
    assert.deepEqual(states(), []);
  });

  it('lets exactly one probe through after ten seconds, and nothing beside it', () => {
    const { breaker, clock, once, fail } = setUp();
    fail(5);
    clock.forward(9_999);
    assert.equal(once(true), false, 'too early');
    clock.forward(1);
    const probe = breaker.ask({});
    assert.ok(probe, 'the probe');
    clock.forward(60_000);
    assert.deepEqual([breaker.ask({}), breaker.isClosed()], [null, false], 'beside the probe');
  });

  it('closes when the probe is answered, and counts anew', () => {
    const { clock, once, fail, states } = setUp();
    fail(5);
    clock.forward(10_000);
    assert.equal(once(true), true);
    fail(4);
    assert.equal(once(true), true);
    assert.deepEqual(states(), ['warn open', 'info half-open', 'info closed']);
  });

  it('rests again, all of its time, when the probe fails', () => {
    const { clock, once, fail, states } = setUp();
    fail(5);
    clock.forward(15_000);
    fail(1);
    clock.forward(9_999);
    assert.equal(once(true), false);
    clock.forward(1);
    assert.equal(once(true), true);
    assert.deepEqual(states(), ['warn open', 'info half-open', 'warn open', 'info half-open', 'info closed']);
  });

  it('is opened once by many that fail at once, and not closed by one of them that is answered late', () => {
    const { breaker, states, once } = setUp();
    const asked = Array.from({ length: 20 }, () => breaker.ask({}));
    for (const report of asked.slice(0, 19)) report?.(false);
    asked[19]?.(true);
    assert.equal(once(true), false);
    assert.deepEqual(states(), ['warn open']);
  });

  it('counts a reading once, however many of its requests fail', () => {
    const { breaker, once, fail } = setUp();
    const reading = {};
    for (let i = 0; i < 20; i += 1) breaker.ask(reading)?.(false);
    fail(3);
    breaker.ask(reading)?.(false);
    assert.equal(breaker.isClosed(), true, 'four readings failed');
    once(false);
    assert.equal(breaker.isClosed(), false, 'five readings failed');
  });

  it('stays closed while each reading has something answered', () => {
    const { breaker, states } = setUp();
    for (let i = 0; i < 20; i += 1) {
      const reading = {};
      breaker.ask(reading)?.(false);
      breaker.ask(reading)?.(true);
    }
    assert.deepEqual(states(), []);
  });

  it('takes the word of the probe even from a reading that failed before', () => {
    const { breaker, clock, fail, states } = setUp();
    const reading = {};
    breaker.ask(reading)?.(false);
    fail(4);
    clock.forward(10_000);
    breaker.ask(reading)?.(false);
    assert.deepEqual(states(), ['warn open', 'info half-open', 'warn open']);
  });

  it('probes at once when the clock was set back', () => {
    const { clock, once, fail } = setUp();
    fail(5);
    clock.forward(-3_600_000);
    assert.equal(once(true), true);
  });

  it('never lets two through at once after it opened, and logs each change of state once, whatever happens', () => {
    const step = fc.oneof(
      fc.record({ ask: fc.nat(8) }),
      fc.record({ report: fc.nat(5), answered: fc.boolean() }),
      fc.record({ forwardMs: fc.constantFrom(1, 5_000, 10_000) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { breaker, clock, states } = setUp();
        const open: ((answered: boolean) => void)[] = [];
        const readings = [{}, {}, {}];
        let probes = 0;
        for (const one of steps) {
          if ('forwardMs' in one) clock.forward(one.forwardMs);
          else if ('report' in one) open.splice(one.report, 1).forEach((report) => report(one.answered));
          else {
            const wasClosed = breaker.isClosed();
            const report = breaker.ask(readings[one.ask % 3] ?? {});
            if (report) open.push(report);
            if (report && !wasClosed) probes += 1;
          }
        }
        const changes = states().map((line) => line.split(' ')[1]);
        assert.equal(changes.filter((state) => state === 'half-open').length, probes);
        changes.forEach((state, i) => assert.notEqual(state, changes[i - 1], changes.join()));
      }),
      { numRuns: 500 },
    );
  });
});
