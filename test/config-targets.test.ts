import assert from 'node:assert/strict';
import { readConfig } from '../src/config.ts';

describe('how soon customers are to be answered', () => {
  it('is told for each priority that has a time', () => {
    const { responseTargets } = readConfig({ RESPONSE_TARGETS: 'high=30m, normal=8h low=3d' });
    assert.deepEqual(responseTargets, { high: 1_800_000, normal: 28_800_000, low: 259_200_000 });
    assert.deepEqual(readConfig({}).responseTargets, {});
  });

  for (const wrong of ['high=30', 'urgent=1m', 'high=0m', 'high=-1m', '30m', 'high=1.5h'])
    it(`is refused: ${wrong}`, () =>
      assert.throws(
        () => readConfig({ RESPONSE_TARGETS: `low=3d ${wrong}` }),
        /^SupportError: RESPONSE_TARGETS is not valid/,
      ));
});
