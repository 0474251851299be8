import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shareOf } from '../../src/metrics/share.ts';

describe('a share', () => {
  const cases: readonly (readonly [number, number, string])[] = [
    [0, 0, '–'],
    [0, 4, '0 of 4'],
    [3, 4, '3 of 4'],
    [19, 19, '19 of 19'],
    [13, 20, '65 %'],
    [0, 200, '0 %'],
    [1, 1000, 'under 1 %'],
    [999, 1000, 'over 99 %'],
    [1000, 1000, '100 %'],
  ];
  for (const [part, of, told] of cases)
    it(`of ${part} in ${of} is told as ${told}`, () => assert.equal(shareOf(part, of).told, told));

  it('says 0 % only of none, and 100 % only of all', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (part, rest) => {
        const { told } = shareOf(part, part + rest);
        assert.equal(told === '0 %', part === 0 && rest >= 20);
        assert.equal(told === '100 %', rest === 0 && part >= 20);
      }),
    );
  });
});
