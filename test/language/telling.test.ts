import assert from 'node:assert/strict';
import type { Rows, Targets } from '../../src/language/training-rows.ts';
import { learnTelling } from '../../src/language/telling.ts';

/** `texts` of each of two labels: column 0 is in every text, column 1 in those of the first, column 2 in one of its texts. */
function learn(texts: number): number[] {
  const intentOf = Int32Array.from({ length: 2 * texts }, (_, row) => (row < texts ? 0 : 1));
  const columnsOf = (row: number) => (row === 0 ? [0, 1, 2] : row < texts ? [0, 1] : [0]);
  const all = Array.from(intentOf.keys(), columnsOf);
  const starts = Int32Array.from([0, ...all.map((_, row) => all.slice(0, row + 1).flat().length)]);
  const columns = Int32Array.from(all.flat());
  const rows: Rows = { starts, columns, values: new Float32Array(columns.length).fill(1) };
  const targets: Targets = { labels: 2, intentOf, kindOf: new Int32Array(2 * texts).fill(-1) };
  const telling = learnTelling(rows, targets, 3);
  return [telling[0] ?? 0, telling[2] ?? 0, telling[4] ?? 0];
}

describe('what tells a label from the others', () => {
  it('counts more than what all texts have, and more than what one of them has', () => {
    const [everywhere = 0, own = 0, once = 0] = learn(400);
    assert.ok(own > 1 && own > once && once > everywhere, String([everywhere, own, once]));
    assert.ok(everywhere > 0, 'nothing is left out');
  });

  it('is hardly known of a label with few texts', () => {
    const [everywhere = 0, own = 0] = learn(2);
    assert.ok(own - everywhere < 0.1, String([everywhere, own]));
  });
});
