import assert from 'node:assert/strict';
import { backoff } from '../../src/web/shared/backoff.ts';
import { parseRetryAfter } from '../../src/web/widget/direct-line.ts';

describe('backoff', () => {
  it('stays between half a second and thirty, with jitter', () => {
    for (let tries = 0; tries < 40; tries++)
      for (const random of [0, 0.5, 0.999]) {
        const pause = backoff(tries, 0, () => random);
        assert.ok(pause >= 500 && pause <= 30_000, `${String(tries)}: ${String(pause)}`);
      }
    assert.ok(backoff(3, 0, () => 0.9) > backoff(3, 0, () => 0.1));
  });

  it('never comes before the time that the server asked for', () => {
    assert.ok(backoff(0, parseRetryAfter('7', 0), () => 0) >= 7000);
    assert.equal(parseRetryAfter('Thu, 01 Jan 1970 00:00:09 GMT', 2000), 7000);
    assert.equal(parseRetryAfter(null, 0) + parseRetryAfter('soon', 0), 0);
  });
});
