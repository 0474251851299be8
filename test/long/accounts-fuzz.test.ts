import assert from 'node:assert/strict';
import { fuzzAccountAnswers } from '../accounts/fuzz.ts';

describe('100,000 answers that are not as agreed', () => {
  it('put no invented value into a snapshot, and lose none', async () => {
    const { refused, known, unknown } = await fuzzAccountAnswers(100_000);
    assert.ok(refused > 5_000 && known > 50_000 && unknown > 50_000, JSON.stringify({ refused, known, unknown }));
  }).timeout(600_000);
});
