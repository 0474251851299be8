import assert from 'node:assert/strict';
import { recognizeCompound } from '../../src/language/compound-utterance.ts';
import { createClassifier } from '../../src/language/classifier.ts';
import { trainedModel } from '../support/fakes.ts';
import { coreOf, readIntents } from './content.ts';

const core = coreOf(readIntents());
const classify = createClassifier(trainedModel());
const said = (text: string) => {
  const { intent, also } = recognizeCompound(core(text), core, classify);
  // Which of the two is the main one hangs on a hair, and on the next utterance that is added.
  return [intent, ...also.map((one) => one.intent)].sort().join(' + ');
};

const table: Readonly<Record<string, string>> = {
  "I can't export and also how much have I used?": 'access-denied + check-account',
  'how many tokens do I have left and why is the export locked': 'access-denied + check-account',
  'Which plan am I on? The API says access denied.': 'access-denied + check-account',
  'Export is locked. Can I talk to a real person please?': 'access-denied + hand-off',
  'how do I get an API key and which plan am I on': 'ask-article + check-account',
  'I logged out and in again and it still says access denied': 'didnt-work + done',
  "I can't export and I can't open the reports": 'access-denied',
  'my export, my reports and my dashboards are locked': 'access-denied',
  'hi, export is locked': 'access-denied',
};

describe('several things in one message', () => {
  for (const [text, intents] of Object.entries(table))
    it(`"${text}" says ${intents}`, () => assert.equal(said(text), intents));

  it('search for an article by the words that ask for it', () => {
    const text = 'ok I logged out and in. How do I get an API key?';
    const { intent, also } = recognizeCompound(core(text), core, classify);
    assert.deepEqual(
      [intent, ...also.map((one) => [one.intent, one.text])],
      ['done', ['ask-article', 'How do I get an API key?']],
    );
  });

  it('keep the whole text, and what each part names', () => {
    const text = 'which plan am I on? the API says access denied';
    const { text: whole, entities, also } = recognizeCompound(core(text), core, classify);
    assert.equal(whole, text);
    assert.equal(entities.feature, 'api');
    assert.deepEqual(
      also.map((one) => [one.text, one.subIntent, one.entities.feature]),
      [['which plan am I on', 'plan', null]],
    );
  });

  it('are looked for in bounded time', () => {
    const text = 'and also I cannot export, '.repeat(4_000);
    const before = process.threadCpuUsage();
    recognizeCompound(core(text), core, classify);
    // Milliseconds of this thread; a hundred times what it takes.
    assert.ok(process.threadCpuUsage(before).user / 1_000 < 500);
  });
});
