import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFeatures, extract } from '../../src/language/features.ts';
import { createHashTable } from '../../src/language/hash-table.ts';
import { createShuffle } from '../../src/language/shuffle.ts';
import { createVectorizer } from '../../src/language/vectorizer.ts';
import { marksOf } from '../../src/language/marks.ts';
import { learnVocabulary } from '../../src/language/vocabulary.ts';

function featuresOf(...words: string[]): Set<number> {
  const features = createFeatures();
  extract(words, features);
  return new Set(features.hashes.subarray(0, features.end));
}

/** The share of `one` that `other` has too. */
function shared(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  return [...one].filter((feature) => other.has(feature)).length / one.size;
}

describe('features', () => {
  it('of a typo are partly those of the word', () => {
    const inTypo = shared(featuresOf('permission'), featuresOf('permision'));
    assert.ok(inTypo > 0.5 && inTypo < 1, String(inTypo));
    assert.equal(shared(featuresOf('permission'), featuresOf('zebu')), 0);
  });

  it('know the order of words, but not only', () => {
    const inSwapped = shared(featuresOf('plan', 'free'), featuresOf('free', 'plan'));
    assert.ok(inSwapped > 0.5 && inSwapped < 1, String(inSwapped));
  });

  it('of very long words are few', () => {
    assert.ok(featuresOf('a'.repeat(1_000)).size < 200);
  });
});

describe('a vector', () => {
  const vectorizer = createVectorizer(learnVocabulary([['access', 'denied'], ['access', 'granted'], ['thanks']], 0));
  const lengthOf = (...words: string[]) => {
    const { values, size } = vectorizer.vectorize(words);
    return Math.hypot(...values.subarray(0, size));
  };

  it('has length 1 when all is known, less with strange words', () => {
    assert.ok(Math.abs(lengthOf('access', 'denied') - 1) < 1e-6);
    assert.ok(lengthOf('access', 'denied', 'quux') < 0.95);
    assert.equal(lengthOf('quux'), 0);
    assert.equal(lengthOf(), 0);
  });

  it('does not remember the one before', () => {
    const read = () => [...vectorizer.vectorize(['denied']).values.subarray(0, vectorizer.vectorize(['denied']).size)];
    const first = read();
    vectorizer.vectorize(['access', 'granted', 'denied']);
    assert.deepEqual(read(), first);
  });
});

describe('a hash table', () => {
  it('numbers hashes in order, and finds them again', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 0xffffffff })),
        fc.integer({ min: 1, max: 0xffffffff }),
        (hashes, more) => {
          const table = createHashTable(hashes.length);
          assert.deepEqual(
            hashes.map((hash) => table.add(hash)),
            [...hashes.keys()],
          );
          assert.deepEqual(
            hashes.map((hash) => table.add(hash)),
            [...hashes.keys()],
          );
          assert.equal(table.find(more), hashes.indexOf(more));
          assert.equal(table.size, hashes.length);
        },
      ),
    );
  });
});

describe('a shuffle', () => {
  it('keeps the items, changes their order, and is the same for the same seed', () => {
    const shuffled = (seed: number) => {
      const items = Int32Array.from({ length: 50 }, (_, at) => at);
      createShuffle(seed)(items);
      return [...items];
    };
    assert.deepEqual(shuffled(7), shuffled(7));
    assert.notDeepEqual(shuffled(7), shuffled(8));
    assert.deepEqual(
      shuffled(7).sort((a, b) => a - b),
      [...Array(50).keys()],
    );
  });
});

describe('marks', () => {
  const marked = (text: string) =>
    marksOf(text.split(' ')).map(({ isNegated, person }) => `${isNegated ? '-' : '+'}${person ?? ''}`);

  it('tell what is denied, as far as a negation reaches', () => {
    assert.deepEqual(marked('it cannot open the last big old report today'), '+ + - - - - - + +'.split(' '));
  });

  it('tell whom a word is about, by who was named last', () => {
    assert.deepEqual(marked('i export and users import'), '+ +first +first +first +third'.split(' '));
  });

  it('tell apart what the same words say of the writer and of others', () => {
    const writer = featuresOf('i', 'cannot', 'export');
    const others = featuresOf('users', 'cannot', 'export');
    const nobody = featuresOf('cannot', 'export');
    assert.ok(shared(others, writer) < shared(nobody, writer));
  });
});
