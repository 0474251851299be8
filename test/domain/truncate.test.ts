import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainLine } from '../../src/accounts/status-page/plain-line.ts';
import { ellipsize, truncate } from '../../src/domain/truncate.ts';

/** Each is seen as one character. */
const characters = ['a', '😀', '👩‍👩‍👧‍👦', '👍🏽', '🇩🇪', '1️⃣', 'e\u0301', '❤️', 'नि', '각'.normalize('NFD')];
const texts = fc.array(fc.constantFrom(...characters), { maxLength: 60 });

describe('a text that is shortened', () => {
  it('ends with a whole character, wherever it is cut, and keeps all that fit', () => {
    fc.assert(
      fc.property(texts, fc.nat(150), (all, most) => {
        const whole = all.map((_, i) => all.slice(0, i).join('')).concat(all.join(''));
        const cut = truncate(all.join(''), most);
        assert.equal(
          cut,
          whole.findLast(({ length }) => length <= most),
        );
      }),
    );
  });

  it('is cut within a character that alone is longer than anybody writes, and never within a pair', () => {
    assert.equal(truncate(`a${'\u0301'.repeat(5_000)}`, 4_000).length, 4_000);
    assert.equal(truncate(`😀${'\u0301'.repeat(5_000)}`, 1), '');
  });

  it('has a mark only where something is missing', () => {
    assert.deepEqual([ellipsize('👍🏽👍🏽', 8), ellipsize('👍🏽👍🏽', 7)], ['👍🏽👍🏽', '👍🏽…']);
  });

  it('keeps whole characters on the status page', () => {
    assert.equal(plainLine('👩\u200D👩'.replace('\u200D', '') + '🇩🇪'.repeat(100)), `👩👩${'🇩🇪'.repeat(58)}…`);
  });
});
