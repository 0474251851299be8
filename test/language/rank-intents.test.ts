import assert from 'node:assert/strict';
import { confidenceOf } from '../../src/language/confidence.ts';
import { createIntentRanker } from '../../src/language/rank-intents.ts';

const labels = [
  { intent: 'denied', subIntent: null },
  { intent: 'denied', subIntent: 'limit' },
  { intent: 'denied', subIntent: 'plan' },
  { intent: 'yes', subIntent: null },
  { intent: 'other', subIntent: null },
];
const all = (...scores: number[]) => createIntentRanker(labels)(Float32Array.from(scores));
const judge = (...scores: number[]) => {
  const [first] = all(...scores);
  assert.ok(first);
  return first;
};
const heard = (...scores: number[]) => {
  const { intent, subIntent, confidence } = judge(...scores);
  return confidence >= 0.5 ? [intent, subIntent] : [null, null];
};

describe('a judgement', () => {
  it('is the intent with the highest score, and its likeliest kind', () => {
    assert.deepEqual(heard(1, -1, 0.5, -1, -1), ['denied', 'plan']);
    assert.deepEqual(heard(1, 0.5, -1, -1, -1), ['denied', 'limit']);
    assert.deepEqual(heard(-1, -1, -1, 0, -1), ['yes', null]);
  });

  it('counts an intent half by its likeliest kind', () => {
    assert.deepEqual(heard(0.2, 1, -1, 0.5, -1), ['denied', 'limit']);
    assert.deepEqual(heard(0.2, 0.4, -1, 0.5, -1), ['yes', null]);
  });

  it('is none when "other" is likelier', () => {
    assert.deepEqual(heard(0.4, 0.4, -1, -1, 0.5), [null, null]);
    assert.deepEqual(heard(0.4, 0.4, -1, -1, 0.2), ['denied', 'limit']);
  });

  it('has less evidence when a rival knows exactly which kind it is', () => {
    const evidenceOf = (kind: number) => all(-1, kind, -1, 0.5, -1).find(({ intent }) => intent === 'yes')?.evidence;
    assert.ok((evidenceOf(0.4) ?? 0) < (evidenceOf(-1) ?? 0));
  });

  it('has more evidence with a higher score, a longer lead and a weaker "other"', () => {
    const { evidence } = judge(0.5, 0.5, -1, 0, 0);
    assert.ok(judge(0.7, 0.7, -1, 0.2, 0).evidence > evidence);
    assert.ok(judge(0.5, 0.5, -1, -0.5, 0).evidence > evidence);
    assert.ok(judge(0.5, 0.5, -1, 0, -0.5).evidence > evidence);
  });

  it('needs no labels', () => {
    assert.deepEqual(createIntentRanker([])(new Float32Array()), []);
  });
});

describe('confidence', () => {
  it('grows with evidence from 0 to 1', () => {
    const all = [-5, -1, 0, 0.5, 1, 3, 9].map(confidenceOf);
    assert.deepEqual(
      all,
      all.toSorted((a, b) => a - b),
    );
    assert.ok(all.every((one) => one >= 0 && one <= 1));
    assert.ok((all[0] ?? 1) < 0.01 && (all.at(-1) ?? 0) > 0.99);
  });
});
