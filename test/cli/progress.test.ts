import assert from 'node:assert/strict';
import { showProgress } from '../../src/cli/progress.ts';

describe('the progress of a copy', () => {
  /** What is written of these, a second after each other. */
  function shown(isTTY: boolean, ...done: readonly number[]): string {
    let [out, second] = ['', 0];
    const write = (text: string) => Boolean((out += text));
    const tell = showProgress({ out: { isTTY, write }, now: () => 1_000 * (second += 1) });
    for (const one of done) tell({ what: 'copying', done: one, total: 10_000 });
    return out;
  }

  it('is a bar that moves in its line, with rows, per cent and the time that is left', () => {
    const bars = shown(true, 0, 2_500, 10_000).split('\r\u001b[K');
    assert.deepEqual(bars, [
      '',
      'copying   [........................] 0 %, 0 of 10,000 rows',
      'copying   [######..................] 25 %, 2,500 of 10,000 rows, 3 s left',
      'copying   [########################] 100 %, 10,000 of 10,000 rows\n',
    ]);
  });

  it('is a line at every ten per cent where nobody watches', () => {
    assert.equal(
      shown(false, 9_000, 9_001, 9_500, 10_000),
      'copying: 90 %, 9,000 of 10,000 rows\ncopying: 100 %, 10,000 of 10,000 rows\n',
    );
  });

  it('that goes on counts the time by what was done since', () => {
    assert.match(shown(true, 9_000, 9_100), /91 %, 9,100 of 10,000 rows, 9 s left$/);
    assert.match(shown(true, 0, 10), /0 %, 10 of 10,000 rows, 17 min left$/);
  });
});
