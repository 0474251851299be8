import assert from 'node:assert/strict';
import type { IntentExamples } from '../../src/domain/content.ts';
import { checkUtterances } from '../../src/language/check-utterances.ts';
import { createClassifier } from '../../src/language/classifier.ts';
import { trainModel } from '../../src/language/train-model.ts';
import { readIntents } from './content.ts';

const intents = readIntents();

/** The mistakes after `added` is written into `slug`'s file, as the file with the message. */
function mistakesWith(slug: string, added: readonly string[]): string[] {
  const changed: IntentExamples[] = intents.map((one) =>
    one.slug === slug ? { ...one, utterances: [...one.utterances, ...added] } : one,
  );
  return checkUtterances(changed, createClassifier(trainModel(changed))).map(
    ({ intent, message }) => `${intent.slug}: ${message}`,
  );
}

describe('the utterance check', () => {
  it('finds nothing in the content', () => assert.deepEqual(mistakesWith('yes', []), []));

  it('finds what another intent steals', () => {
    const [mistake = '', ...others] = mistakesWith('thanks', ['talk to a real human agent please now']);
    assert.match(mistake, /^thanks: "talk to a real human agent please now": stolen: it is understood as "hand-off"/);
    assert.deepEqual(others, []);
  });

  it('finds what is understood as nothing', () => {
    const mistakes = mistakesWith('greeting', ['please refund my last invoice']);
    assert.match(
      mistakes.join('\n'),
      /^greeting: "please refund my last invoice": dead: it is not understood as "greeting"/m,
    );
  });

  it('finds what is there twice, but for case, marks and numbers', () => {
    const [first = ''] = intents.find(({ slug }) => slug === 'restart')?.utterances ?? [];
    const [mistake = ''] = mistakesWith('restart', [`  ${first.toUpperCase()} `]);
    assert.ok(mistake.endsWith(`it is the same as "${first}"`), mistake);
  });
});
