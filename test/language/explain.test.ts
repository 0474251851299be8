import assert from 'node:assert/strict';
import { createClassifier } from '../../src/language/classifier.ts';
import { explain } from '../../src/language/explain.ts';
import { trainModel } from '../../src/language/train-model.ts';

const classify = createClassifier(
  trainModel([
    { slug: 'open', subIntent: null, utterances: ['open the door', 'open it', 'please open', 'open up'] },
    { slug: 'shut', subIntent: null, utterances: ['shut the door', 'shut it', 'please shut', 'shut up'] },
    { slug: 'other', subIntent: null, utterances: ['sing a song', 'what time is it', 'who won the game'] },
  ]),
);

describe('an explanation', () => {
  it('says which word spoke for what, and which against', () => {
    const weights = explain(classify, 'Open it, friend');
    assert.deepEqual(
      weights.map(({ word }) => word),
      ['open', 'it', 'friend'],
    );
    const [open] = weights;
    assert.ok(open && (open.speaksFor.open ?? 0) > 0.5 && (open.speaksFor.shut ?? 0) < 0);
    const strongest = weights.toSorted((a, b) => (b.speaksFor.open ?? 0) - (a.speaksFor.open ?? 0))[0];
    assert.equal(strongest?.word, 'open');
  });

  it('of nothing is empty', () => assert.deepEqual(explain(classify, ''), []));
});
