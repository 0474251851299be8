import assert from 'node:assert/strict';
import fc from 'fast-check';
import { frozen } from '../support/frozen.ts';
import { validAnswer } from './fixture.ts';
import { mutantsOf } from './mutants.ts';

describe('the mutants of an answer', () => {
  // The smaller the answer, the more often a mutant is changed where a part of the answer was put.
  const small = frozen({ account: { id: { of: 'acct_42' }, roles: ['admin'] } });

  for (const [which, answer] of [
    ['a small one', small],
    ['the valid one', frozen(structuredClone(validAnswer))],
  ] as const)
    it(`share no part with it: nothing is written into ${which}`, () => {
      assert.equal(fc.sample(mutantsOf(answer), 5_000).length, 5_000);
    });

  it('share no part with each other: the same are made again, whatever was made before', () => {
    const made = () => fc.sample(mutantsOf(small), { seed: 1, numRuns: 2_000 });
    assert.deepEqual(made(), made());
  });
});
