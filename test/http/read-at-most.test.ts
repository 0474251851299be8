import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { readAtMost } from '../../src/http/read-at-most.ts';

/** A body in such pieces; it knows whether the rest of it was given up. */
function bodyOf(...pieces: readonly (string | Error)[]) {
  const end = { read: 0, isLeft: false };
  async function* pull() {
    try {
      for (const piece of pieces) {
        if (piece instanceof Error) throw piece;
        end.read += 1;
        yield await Promise.resolve(Buffer.from(piece));
      }
    } finally {
      end.isLeft = true;
    }
  }
  return { body: pull(), end };
}

describe('a body', () => {
  it('is its text, whole', async () => {
    assert.equal(await readAtMost(bodyOf('one ', 'two').body, 7), 'one two');
    assert.equal(await readAtMost(bodyOf().body, 7), '');
    assert.equal(await readAtMost(null, 7), '');
  });

  it('may divide a character between two pieces', async () => {
    const [first, second] = [Buffer.from('“a').subarray(0, 2), Buffer.from('“a').subarray(2)];
    assert.equal(await readAtMost(Readable.from([first, second]), 10), '“a');
  });

  it('is counted in bytes, and the rest of one that is too long is not read', async () => {
    const { body, end } = bodyOf('“a', '”', 'never');
    assert.equal(await readAtMost(body, 6), null);
    assert.deepEqual(end, { read: 2, isLeft: true });
    assert.equal(await readAtMost(bodyOf('“a', '”').body, 7), '“a”');
  });

  it('throws what breaks it off', async () => {
    await assert.rejects(readAtMost(bodyOf('one', new Error('reset')).body, 7), /reset/);
  });

  it('may be an answer of fetch or a stream of Node', async () => {
    assert.equal(await readAtMost(new Response('one').body, 3), 'one');
    assert.equal(await readAtMost(new Response('four').body, 3), null);
    assert.equal(await readAtMost(Readable.from([Buffer.from('one')]), 3), 'one');
  });
});
