import assert from 'node:assert/strict';
import { isTypoOf } from '../../src/language/typo.ts';
import { wordsOf } from '../../src/language/words.ts';

const table: Readonly<Record<string, readonly string[]>> = {
  "Can't  get IN!": ['cant', 'get', 'in', '!'],
  'HTTP 403 after 12,000 calls': ['http', '403', 'after', '00', '000', 'calls'],
  'see https://x.io/a?b=1 now': ['see', '<url>', 'now'],
  'mail me@x.io': ['mail', '<mail>'],
  'id 9f86d081884c7d659a2feaa0c55ad015': ['id', '<id>'],
  'thanks👍🏽': ['thanks', '👍'],
  'доступ запрещён': ['доступ', 'запрещён'],
  '\uD800\0': [],
};

describe('words', () => {
  for (const [text, wanted] of Object.entries(table)) {
    it(`of ${JSON.stringify(text)}`, () => assert.deepEqual(wordsOf(text), wanted));
  }
});

describe('words of a long text', () => {
  it('are those of its first 1,000 characters', () => {
    assert.equal(wordsOf('a '.repeat(500) + 'b').includes('b'), false);
    assert.equal(wordsOf('a '.repeat(499) + 'b').includes('b'), true);
    assert.ok(wordsOf('ﷺ'.repeat(4_000)).join('').length <= 1_000);
  });
});

describe('a typo', () => {
  it('is one slip in a word of 5 to 7 letters, two in a longer one', () => {
    assert.deepEqual(
      ['exprot', 'exportt', 'expotr', 'eport', 'exporr'].map((word) => isTypoOf(word, 'export')),
      [true, true, true, true, true],
    );
    assert.deepEqual(
      ['exrpotr', 'epot', 'xeport', 'expert'].map((word) => isTypoOf(word, 'export')),
      [false, false, false, false],
    );
    assert.deepEqual(
      ['dashbord', 'dahsbord', 'dasbord'].map((word) => isTypoOf(word, 'dashboard')),
      [true, true, true],
    );
    assert.equal(isTypoOf('dasbrod', 'dashboard'), false);
  });

  it('is none in a word of up to 4 letters', () => {
    assert.equal(isTypoOf('aip', 'api'), false);
    assert.equal(isTypoOf('sam', 'saml'), false);
  });
});
