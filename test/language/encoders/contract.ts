import assert from 'node:assert/strict';
import { codeOf } from '../../../src/domain/errors.ts';
import type { Encoder } from '../../../src/domain/ports.ts';

/** What every encoder promises. `open` gives one that works; for `late`, one that cannot answer in time. */
export function encoderContract(open: () => Encoder, late: () => Encoder): void {
  let encoder: Encoder;
  before(() => {
    encoder = open();
  });
  after(() => encoder.close());

  it('gives one vector for each text, all of one size and the length 1, in their order', async () => {
    const texts = ['access denied', 'which plan am I on', 'access denied'];
    const vectors = await encoder.encode(texts, 10_000);
    assert.equal(vectors.length, texts.length);
    assert.deepEqual(new Set(vectors.map(({ length }) => length)).size, 1);
    for (const vector of vectors) assert.ok(Math.abs(Math.hypot(...vector) - 1) < 0.01);
    assert.ok(alike(vectors[0], vectors[2]) > 0.999);
    assert.ok(alike(vectors[0], vectors[1]) < 0.999);
  });

  it('takes any text', async () => {
    const texts = ['', ' ', '\0', '👍', '日本語', 'a'.repeat(1_000), '\uD800'];
    const vectors = await encoder.encode(texts, 30_000);
    assert.ok(vectors.flatMap((vector) => [...vector]).every(Number.isFinite));
    assert.equal(vectors.length, texts.length);
  });

  it('fails when it is late, and says so', async () => {
    const slow = late();
    try {
      await assert.rejects(slow.encode(['access denied'], 1), (error) => codeOf(error) === 'encoder-failed');
    } finally {
      await slow.close();
    }
  });
}

function alike(a: Float32Array | undefined, b: Float32Array | undefined): number {
  assert.ok(a && b);
  return a.reduce((sum, one, at) => sum + one * (b[at] ?? 0), 0);
}
