import assert from 'node:assert/strict';
import { hear } from '../../dialogs/hear.ts';
import { noEntities, type Guess, type Heard } from '../../src/domain/heard.ts';

const offered = [
  { label: 'Talk to a person', means: 'hand-off' },
  { label: 'API access', means: 'feature:api' },
  { label: 'No', means: 'no' },
];
const nothing: Heard = {
  ...{ text: '', intent: null, about: null, confidence: 0 },
  ...{ entities: noEntities, alternatives: [], also: [], language: null },
};
const asHelp: Partial<Heard> = { intent: 'help', confidence: 0.9, entities: { ...noEntities, plan: 'team' } };
const heard = (activity: object, recognized = asHelp) =>
  hear(activity as Record<string, unknown>, offered, {
    recognize: (text) => Promise.resolve({ ...nothing, ...recognized, text }),
  });

describe('what is heard', () => {
  for (const text of ['Talk to a person', 'talk to a person', 'TALK TO A PERSON', '  Talk to a Person\n'])
    it(`is the button that was offered, in any case: ${JSON.stringify(text)}`, async () => {
      assert.deepEqual(await heard({ text }), { ...nothing, text, intent: 'hand-off', confidence: 1 });
    });

  it('is the feature of a feature’s button, and no intent', async () => {
    const entities = { ...noEntities, feature: 'api' };
    assert.deepEqual(await heard({ text: 'api ACCESS' }), { ...nothing, text: 'api ACCESS', confidence: 1, entities });
  });

  for (const text of ['Talk to a person please', 'Yes', 'api', 'No!'])
    it(`is recognized where no button says so: ${text}`, async () => {
      assert.deepEqual(await heard({ text }), { ...nothing, ...asHelp, text });
    });

  for (const activity of [{}, { text: '' }, { text: ' \n' }, { text: 7 }, { text: null }, { text: ['No'] }])
    it(`is nothing where there are no words: ${JSON.stringify(activity)}`, async () => {
      assert.deepEqual({ ...(await heard(activity)), text: '' }, nothing);
    });

  it('is what was written, as it was written', async () => {
    for (const text of ['  No ', 'ＡＰＩ', 'x'.repeat(4_000)]) assert.equal((await heard({ text })).text, text);
  });

  const guess = (intent: string, confidence: number): Guess => ({ intent, about: null, confidence });
  const answers: Readonly<Record<string, readonly [Guess[], string | null]>> = {
    'the answer that was asked for, though it is not plain': [[guess('no', 0.4), guess('cancel', 0.2)], 'no'],
    'nothing, when that is not likely enough': [[guess('no', 0.3)], null],
    'nothing, when something else is likelier': [[guess('cancel', 0.45), guess('no', 0.4)], null],
    'nothing, when it was not asked for': [[guess('yes', 0.45)], null],
    'nothing, for what is no answer': [[guess('hand-off', 0.45)], null],
  };
  for (const [sentence, [alternatives, intent]] of Object.entries(answers))
    it(`is ${sentence}`, async () => {
      assert.equal((await heard({ text: 'hm' }, { alternatives })).intent, intent);
    });
});
