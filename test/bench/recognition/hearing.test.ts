import assert from 'node:assert/strict';
import { costOf, reactionOf, sharesOf, type Judged } from './hearing.ts';

const judged = (isComplaint: boolean, reaction: Judged['reaction']): Judged => ({ isComplaint, reaction });

describe('the measure of hearing', () => {
  it('tells acting from asking from passing by', () => {
    assert.equal(reactionOf({ intent: 'access-denied', confidence: 0.75 }), 'acted on');
    assert.equal(reactionOf({ intent: 'access-denied', confidence: 0.74 }), 'asked');
    assert.equal(reactionOf({ intent: 'other-topic', confidence: 0.99 }), 'rejected');
    assert.equal(reactionOf({ intent: null, confidence: 0.4 }), 'rejected');
  });

  it('counts a question once and the wrong thing three times, for complaints and others alike', () => {
    const right = [judged(true, 'acted on'), judged(false, 'rejected')];
    const asked = [judged(true, 'asked'), judged(false, 'asked')];
    const wrong = [judged(true, 'rejected'), judged(false, 'acted on')];
    assert.deepEqual([right, asked, wrong, [...right, ...asked]].map(costOf), [0, 1, 3, 0.5]);
  });

  it('prints the share of each reaction', () => {
    const all = [judged(true, 'acted on'), judged(true, 'asked'), judged(true, 'acted on'), judged(true, 'rejected')];
    assert.equal(sharesOf(all), 'acted on 50.0 %, asked 25.0 %, rejected 25.0 %');
  });
});
