import assert from 'node:assert/strict';
import { fuzzAccountAnswers } from './fuzz.ts';

describe('an answer that is not as agreed', () => {
  it('never becomes a fact that it does not tell, and takes no other fact with it', async () => {
    const { refused, known, unknown } = await fuzzAccountAnswers(2_000);
    assert.ok(refused > 100 && known > 1_000 && unknown > 1_000, JSON.stringify({ refused, known, unknown }));
  });
});
