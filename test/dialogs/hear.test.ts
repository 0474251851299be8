import assert from 'node:assert/strict';
import { hear } from '../../dialogs/hear.ts';
import type { Recognizer } from '../../src/domain/ports.ts';

const offered = [
  { label: 'Talk to a person', means: 'hand-off' },
  { label: 'API access', means: 'feature:api' },
  { label: 'No', means: 'no' },
];
const nothing = { feature: null, plan: null, meter: null };
const recognizer: Recognizer = {
  recognize: (text) => ({ text, intent: 'help', about: null, confidence: 0.9, entities: { ...nothing, plan: 'team' } }),
};
const heard = (activity: object) => hear(activity as Record<string, unknown>, offered, recognizer);

describe('what is heard', () => {
  for (const text of ['Talk to a person', 'talk to a person', 'TALK TO A PERSON', '  Talk to a Person\n'])
    it(`is the button that was offered, in any case: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(heard({ text }), { text, intent: 'hand-off', about: null, confidence: 1, entities: nothing });
    });

  it('is the feature of a feature’s button, and no intent', () => {
    const entities = { ...nothing, feature: 'api' };
    assert.deepEqual(heard({ text: 'api ACCESS' }), {
      text: 'api ACCESS',
      intent: null,
      about: null,
      confidence: 1,
      entities,
    });
  });

  for (const text of ['Talk to a person please', 'Yes', 'api', 'No!'])
    it(`is recognized where no button says so: ${text}`, () => {
      assert.deepEqual(heard({ text }), recognizer.recognize(text));
    });

  for (const activity of [{}, { text: '' }, { text: ' \n' }, { text: 7 }, { text: null }, { text: ['No'] }])
    it(`is nothing where there are no words: ${JSON.stringify(activity)}`, () => {
      const { intent, confidence, entities } = heard(activity);
      assert.deepEqual({ intent, confidence, entities }, { intent: null, confidence: 0, entities: nothing });
    });

  it('is what was written, as it was written', () => {
    for (const text of ['  No ', 'ＡＰＩ', 'x'.repeat(4_000)]) assert.equal(heard({ text }).text, text);
  });
});
