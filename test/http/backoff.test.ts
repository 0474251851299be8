import assert from 'node:assert/strict';
import fc from 'fast-check';
import { backoffMs } from '../../src/http/backoff.ts';
import { countingRandom } from '../support/fakes.ts';

const [none, all] = [{ id: () => 'AAAA' }, { id: () => '____' }];

describe('the pause before another attempt', () => {
  it('is any share of a time that doubles up to its longest, and never none', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), fc.stringMatching(/^[A-Za-z0-9_-]{4}$/), (failures, id) => {
        const most = Math.min(1_000 * 2 ** (failures - 1), 300_000);
        const pause = backoffMs(failures, { id: () => id });
        assert.ok(Number.isInteger(pause) && pause >= 1 && pause <= most);
        assert.deepEqual([backoffMs(failures, none), backoffMs(failures, all)], [1, most]);
      }),
    ));

  it('is spread evenly', () => {
    const random = countingRandom();
    const pauses = Array.from({ length: 4_000 }, () => backoffMs(9, random));
    const share = (quarter: number) => pauses.filter((ms) => Math.floor((ms - 1) / 64_000) === quarter).length;
    for (const quarter of [0, 1, 2, 3]) assert.ok(share(quarter) > 900 && share(quarter) < 1_100);
  });

  it('begins and ends where it is told to', () => {
    const options = { firstMs: 300, longestMs: 1_000 };
    assert.deepEqual(
      [1, 2, 3, 4].map((failures) => backoffMs(failures, all, options)),
      [300, 600, 1_000, 1_000],
    );
  });

  it('is never shorter than what is asked for, as far as that is five minutes', () => {
    assert.equal(backoffMs(1, all, { retryAfterMs: 30_000 }), 30_000);
    assert.equal(backoffMs(6, all, { retryAfterMs: 30_000 }), 32_000);
    assert.equal(backoffMs(1, none, { retryAfterMs: 0 }), 1);
    assert.equal(backoffMs(1, none, { retryAfterMs: null }), 1);
    assert.equal(backoffMs(1, none, { retryAfterMs: 86_400_000 }), 300_000);
    assert.equal(backoffMs(9, all, { longestMs: 1_000, retryAfterMs: 30_000 }), 30_000);
  });
});
