import assert from 'node:assert/strict';
import type { IntentExamples } from '../../src/domain/content.ts';
import { checkUtterances } from '../../src/language/check-utterances.ts';
import { createClassifier } from '../../src/language/classifier.ts';
import type { Model } from '../../src/language/model.ts';
import { trainModel } from '../../src/language/train-model.ts';
import { trainedModel } from '../support/fakes.ts';
import { readIntents } from './content.ts';

const intents = readIntents();

/** The intents after a line is written into one of their files. */
const withLine = (all: readonly IntentExamples[], slug: string, line: string): IntentExamples[] =>
  all.map((one) => (one.slug === slug ? { ...one, utterances: [...one.utterances, line] } : one));

/** The mistakes, as the file with the message. */
function mistakesIn(all: readonly IntentExamples[], model: Model): string[] {
  return checkUtterances(all, createClassifier(model)).map(({ intent, message }) => `${intent.slug}: ${message}`);
}

describe('the utterance check', () => {
  it('finds nothing in the content', () => assert.deepEqual(mistakesIn(intents, trainedModel()), []));

  it('finds what another intent steals, though it was learned with the rest', () => {
    // A few intents are enough to steal from each other, and learned in no time.
    const few = intents.filter(({ slug }) => ['thanks', 'greeting', 'hand-off'].includes(slug));
    const stolen = withLine(few, 'thanks', 'talk to a real human agent please now');
    const [mistake = '', ...others] = mistakesIn(stolen, trainModel(stolen)).filter((one) => one.includes('stolen'));
    assert.match(mistake, /^thanks: "talk to a real human agent please now": stolen: it is understood as "hand-off"/);
    assert.deepEqual(others, []);
  });

  it('finds what is understood as nothing', () => {
    const mistakes = mistakesIn(withLine(intents, 'greeting', 'App crashes when I rotate a phone'), trainedModel());
    assert.match(
      mistakes.join('\n'),
      /^greeting: "App crashes when I rotate a phone": dead: it is not understood as "greeting"/m,
    );
  });

  it('finds what is there twice, but for case, marks and numbers', () => {
    const [first = ''] = intents.find(({ slug }) => slug === 'restart')?.utterances ?? [];
    const [mistake = ''] = mistakesIn(withLine(intents, 'restart', `  ${first.toUpperCase()} `), trainedModel());
    assert.ok(mistake.endsWith(`it is the same as "${first}"`), mistake);
  });
});
