import assert from 'node:assert/strict';
import { confidenceOf } from '../../src/language/confidence.ts';
import { createJudge } from '../../src/language/judge.ts';

const labels = [
  { intent: 'denied', about: null },
  { intent: 'denied', about: 'limit' },
  { intent: 'denied', about: 'plan' },
  { intent: 'yes', about: null },
  { intent: 'other', about: null },
];
const all = (...scores: number[]) => createJudge(labels)(Float32Array.from(scores));
const judge = (...scores: number[]) => {
  const [first] = all(...scores);
  assert.ok(first);
  return first;
};
const heard = (...scores: number[]) => {
  const { intent, about, confidence } = judge(...scores);
  return confidence >= 0.5 ? [intent, about] : [null, null];
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
    assert.deepEqual(heard(0.4, 0.4, -1, -1, 0.3), ['denied', 'limit']);
  });

  it('has more evidence with a higher score, a longer lead and a weaker "other"', () => {
    const { evidence } = judge(0.5, 0.5, -1, 0, 0);
    assert.ok(judge(0.7, 0.7, -1, 0.2, 0).evidence > evidence);
    assert.ok(judge(0.5, 0.5, -1, -0.5, 0).evidence > evidence);
    assert.ok(judge(0.5, 0.5, -1, 0, -0.5).evidence > evidence);
  });

  it('needs no labels', () => {
    assert.deepEqual(createJudge([])(new Float32Array()), []);
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
