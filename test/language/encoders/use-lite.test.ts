import assert from 'node:assert/strict';
import { createUseLite } from '../../../src/language/encoders/use-lite.ts';
import { encoderContract } from './contract.ts';

describe('the encoder use-lite', () => {
  encoderContract(createUseLite, createUseLite);

  it('knows what means the same', async () => {
    const encoder = createUseLite();
    try {
      const texts = ['I cannot log in', 'my sign-in is refused', 'the weather is lovely today'];
      const [first, same, other] = await encoder.encode(texts, 30_000);
      assert.ok(first && same && other);
      const alike = (a: Float32Array, b: Float32Array) => a.reduce((sum, one, at) => sum + one * (b[at] ?? 0), 0);
      assert.ok(alike(first, same) > alike(first, other) + 0.2);
    } finally {
      await encoder.close();
    }
  });
});
