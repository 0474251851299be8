import assert from 'node:assert/strict';
import type { Asked } from '../../dialogs/memory.ts';
import { recognizeActivity } from '../../dialogs/recognize.ts';
import type { InboundActivity } from '../../src/domain/activity.ts';
import { noEntities, type ScoredIntent, type RecognizerResult } from '../../src/domain/recognition.ts';

const offered = [
  { label: 'Talk to a person', means: 'hand-off' },
  { label: 'API access', means: 'feature:api' },
  { label: 'No', means: 'no' },
];
const nothing: RecognizerResult = {
  ...{ text: '', intent: null, subIntent: null, confidence: 0 },
  ...{ entities: noEntities, alternatives: [], also: [], language: null },
};
const asHelp: Partial<RecognizerResult> = {
  intent: 'help',
  confidence: 0.9,
  entities: { ...noEntities, plan: 'team' },
};
const written = (text: string): InboundActivity => ({ type: 'message', text });
const heard = (activity: InboundActivity, recognized = asHelp, asked: Asked | null = null) =>
  recognizeActivity(activity, { offered, asked }, [], {
    recognize: (text) => Promise.resolve({ ...nothing, ...recognized, text }),
  });

describe('what is heard', () => {
  for (const text of ['Talk to a person', 'talk to a person', 'TALK TO A PERSON', '  Talk to a Person\n'])
    it(`is the button that was offered, in any case: ${JSON.stringify(text)}`, async () => {
      assert.deepEqual(await heard(written(text)), { ...nothing, text, intent: 'hand-off', confidence: 1 });
    });

  it('is the feature of a feature’s button, and no intent', async () => {
    const entities = { ...noEntities, feature: 'api', features: [{ slug: 'api', polarity: 'named' }] };
    assert.deepEqual(await heard(written('api ACCESS')), { ...nothing, text: 'api ACCESS', confidence: 1, entities });
  });

  for (const text of ['Talk to a person please', 'Yes', 'api', 'No!'])
    it(`is recognized where no button says so: ${text}`, async () => {
      assert.deepEqual(await heard(written(text)), { ...nothing, ...asHelp, text });
    });

  const wordless: readonly InboundActivity[] = [
    written(''),
    written(' \n'),
    { type: 'message', text: '', deleted: true },
    { type: 'message', text: '', files: 2 },
    ...(['opened', 'linked', 'code-wrong', 'code-shared'] as const).map((name) => ({ type: 'event', name }) as const),
    { type: 'event', name: 'ticket-closed', ticket: 'No', by: 'No', atDesk: false },
  ];
  for (const activity of wordless)
    it(`is nothing where there are no words: ${JSON.stringify(activity)}`, async () => {
      assert.deepEqual({ ...(await heard(activity)), text: '' }, nothing);
    });

  it('is what was written, as it was written', async () => {
    for (const text of ['  No ', 'ＡＰＩ', 'x'.repeat(4_000)]) assert.equal((await heard(written(text))).text, text);
  });

  const guess = (intent: string, confidence: number): ScoredIntent => ({ intent, subIntent: null, confidence });
  const answers: Readonly<Record<string, readonly [ScoredIntent[], string | null]>> = {
    'the answer that was asked for, though it is not plain': [[guess('no', 0.4), guess('cancel', 0.2)], 'no'],
    'nothing, when that is not likely enough': [[guess('no', 0.3)], null],
    'nothing, when something else is likelier': [[guess('cancel', 0.45), guess('no', 0.4)], null],
    'nothing, when it was not asked for': [[guess('yes', 0.45)], null],
    'nothing, for what is no answer': [[guess('hand-off', 0.45)], null],
  };
  for (const [sentence, [alternatives, intent]] of Object.entries(answers))
    it(`is ${sentence}`, async () => {
      assert.equal((await heard(written('hm'), { alternatives })).intent, intent);
    });

  const counted = {
    first: 'hand-off',
    'The second one': null,
    '3': 'no',
    'option 3': 'no',
    last: 'no',
    '#1': 'hand-off',
  };
  for (const [text, intent] of Object.entries(counted))
    it(`is the button that is counted out: ${text}`, async () => {
      const { confidence, ...recognized } = await heard(written(text));
      assert.deepEqual([recognized.intent, confidence], [intent, 1]);
    });

  const open: Asked = { yes: 'hand-off', no: 'no-person' };
  const answersToIt: Readonly<Record<string, readonly [Partial<RecognizerResult>, Asked | null, string | null]>> = {
    'the offer that a yes takes': [{ intent: 'yes' }, open, 'hand-off'],
    'the refusal that a no stands for': [{ intent: 'no' }, open, 'no-person'],
    'a yes where nothing was asked': [{ intent: 'yes' }, null, 'yes'],
    'a no to what has no no': [{ intent: 'no' }, { yes: 'hand-off', no: null }, 'no'],
    'a yes that names a feature': [{ intent: 'yes', entities: { ...noEntities, feature: 'api' } }, open, 'yes'],
    'a yes that is likely enough': [{ intent: null, alternatives: [guess('yes', 0.4)] }, open, 'hand-off'],
    'anything else': [{ intent: 'help' }, open, 'help'],
  };
  for (const [sentence, [recognized, asked, intent]] of Object.entries(answersToIt))
    it(`is, to a question that is open, ${sentence}`, async () => {
      assert.equal((await heard(written('hm'), { ...recognized, confidence: 0.9 }, asked)).intent, intent);
    });

  for (const text of ['?', '??', ' ?! ', '…'])
    it(`is a wish to hear it again: ${text}`, async () => {
      assert.equal((await heard(written(text))).intent, 'repeat');
    });
});
