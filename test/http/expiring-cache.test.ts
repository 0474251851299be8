import assert from 'node:assert/strict';
import { createExpiringCache } from '../../src/http/expiring-cache.ts';
import { fakeClock } from '../support/fakes.ts';

function setUp() {
  const clock = fakeClock();
  const cache = createExpiringCache<string>({ max: 3, ttlMs: 1_000, clock });
  return { clock, cache };
}

describe('a cache whose entries expire', () => {
  it('has an entry for its time, by our clock', () => {
    const { clock, cache } = setUp();
    cache.set('a', 'A');
    clock.forward(999);
    assert.equal(cache.get('a'), 'A');
    clock.forward(1);
    assert.equal(cache.get('a'), undefined);
  });

  it('counts from when an entry was set last, not from when it was read', () => {
    const { clock, cache } = setUp();
    cache.set('a', 'A');
    clock.forward(999);
    cache.set('a', 'again');
    clock.forward(999);
    assert.equal(cache.get('a'), 'again');
    clock.forward(1);
    assert.equal(cache.get('a'), undefined);
  });

  it('has no more than so many, and forgets what was used longest ago', () => {
    const { cache } = setUp();
    for (const name of ['a', 'b', 'c']) cache.set(name, name);
    cache.get('a');
    cache.set('d', 'd');
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((name) => cache.get(name)),
      ['a', undefined, 'c', 'd'],
    );
  });

  it('keeps nothing for longer where the clock is set back, and works on by the new time', () => {
    const { clock, cache } = setUp();
    cache.set('a', 'A');
    clock.forward(-3_600_000);
    assert.equal(cache.get('a'), undefined);
    cache.set('b', 'B');
    clock.forward(999);
    assert.equal(cache.get('b'), 'B');
    clock.forward(1);
    assert.equal(cache.get('b'), undefined);
  });

  it('keeps nothing for longer however little the clock is set back, and however often', () => {
    const { clock, cache } = setUp();
    for (let times = 0; times < 3; times += 1) {
      cache.set('a', 'A');
      clock.forward(-1);
      assert.equal(cache.get('a'), undefined);
    }
  });
});
