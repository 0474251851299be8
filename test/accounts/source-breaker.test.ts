import assert from 'node:assert/strict';
import { createSourceBreaker } from '../../src/accounts/source-breaker.ts';
import { createEvents } from '../../src/domain/events.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';

function setUp() {
  const [clock, log, events] = [fakeClock(), keptLog(), createEvents()];
  const breaker = createSourceBreaker('stripe', { clock, log, events });
  const states = () => log.lines.map(({ level, fields }) => [level, (fields as { breaker: string }).breaker].join(' '));
  /** Asks once, in a reading of its own, and has it answered or not. False: it was not let through. */
  const once = (answered: boolean): boolean => {
    const report = breaker.ask({});
    report?.(answered);
    return report !== null;
  };
  const fail = (times: number) => Array.from({ length: times }, () => once(false));
  return { clock, events, breaker, states, once, fail };
}

describe('the circuit breaker of a source', () => {
  it('opens after five readings in a row that failed, for ten seconds, and logs what it does', () => {
    const { once, fail, states, clock } = setUp();
    assert.deepEqual(fail(5), [true, true, true, true, true]);
    clock.forward(9_999);
    assert.equal(once(true), false);
    clock.forward(1);
    assert.equal(once(true), true);
    assert.deepEqual(states(), ['warn open', 'info half-open', 'info closed']);
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

  it('opens after one more failure where another process found that it fails', () => {
    const { events, once, fail, states, clock } = setUp();
    events.emit('breaker-opened-elsewhere', 'stripe');
    assert.deepEqual([...fail(1), once(true)], [true, false]);
    clock.forward(10_000);
    assert.equal(once(true), true);
    assert.deepEqual(states(), ['warn open', 'info half-open', 'info closed']);
  });

  it('believes its own answers more: one is enough to be as patient as before', () => {
    const { events, once, fail, states } = setUp();
    for (let i = 0; i < 20; i += 1) {
      events.emit('breaker-opened-elsewhere', 'stripe');
      assert.equal(once(true), true);
    }
    fail(4);
    events.emit('breaker-opened-elsewhere', 'account-api');
    assert.deepEqual([once(true), ...fail(4)], [true, true, true, true, true]);
    assert.deepEqual(states(), []);
  });

  it('that is open, or tries, is moved by nothing that others find', () => {
    const { events, breaker, once, fail, states, clock } = setUp();
    fail(5);
    events.emit('breaker-opened-elsewhere', 'stripe');
    clock.forward(10_000);
    const probe = breaker.ask({});
    events.emit('breaker-opened-elsewhere', 'stripe');
    probe?.(true);
    assert.deepEqual([...fail(4), once(true)], [true, true, true, true, true]);
    assert.deepEqual(states(), ['warn open', 'info half-open', 'info closed']);
  });
});
