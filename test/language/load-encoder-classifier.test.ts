import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClassifier } from '../../src/language/classifier.ts';
import { createEncoder } from '../../src/language/encoders/index.ts';
import { readModel } from '../../src/language/model-file.ts';
import { wordsOf } from '../../src/language/words.ts';
import { loadEncoderClassifier } from '../../src/language/load-encoder-classifier.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';

const intents = [
  {
    slug: 'locked-out',
    subIntent: null,
    utterances: ['I cannot log in', 'my sign-in is refused', 'it says forbidden'],
  },
  { slug: 'thanks', subIntent: null, utterances: ['thank you so much', 'cheers', 'very kind of you'] },
  { slug: 'other', subIntent: null, utterances: ['the weather is lovely', 'sing me a song', 'two plus two'] },
];

/** What a kept model makes of a text, however long the encoder takes. */
async function judgedInPeace(file: string, text: string) {
  const encoder = createEncoder('use-lite', fetch);
  const [meaning] = await encoder.encode([text], 600_000);
  await encoder.close();
  return createClassifier(readModel(file) ?? assert.fail())(wordsOf(text), meaning);
}

describe('an encoder’s opinion, loaded', () => {
  it('is learned once in the background, kept, and then read', async () => {
    const needs = { dataDir: mkdtempSync(join(tmpdir(), 'latchkey-')), clock: fakeClock(), log: keptLog() };
    const text = 'entry is not permitted for me';
    const first = loadEncoderClassifier(intents, 'use-lite', needs);
    assert.equal(await first.classifier(text, wordsOf(text)), null);
    await first.ready;
    const judged = await first.classifier(text, wordsOf(text));
    await first.close();
    const [file = '', ...others] = readdirSync(needs.dataDir);
    assert.deepEqual(others, []);
    // On a busy machine the answer may be late, which is told; it is what was learned that counts here.
    const late = needs.log.lines.filter(({ message }) => message === 'understood without the encoder');
    assert.equal(late.length, judged === null ? 1 : 0);
    const [best] = judged ?? (await judgedInPeace(join(needs.dataDir, file), text));
    assert.equal(best?.intent, 'locked-out');

    const again = loadEncoderClassifier(intents, 'use-lite', needs);
    await again.ready;
    await again.close();
    const learned = needs.log.lines.filter(({ message }) => message.startsWith('learning'));
    assert.equal(learned.length, 1);
  });

  it('that cannot be learned fails with a reason, and the core answers', async () => {
    const needs = { dataDir: mkdtempSync(join(tmpdir(), 'latchkey-')), clock: fakeClock(), log: keptLog() };
    const settings = { url: 'http://127.0.0.1:9/v1/embeddings', model: 'none', key: null };
    const loaded = loadEncoderClassifier(intents, settings, needs);
    await assert.rejects(loaded.ready, { code: 'encoder-failed' });
    assert.equal(await loaded.classifier('hi', ['hi']), null);
    await loaded.close();
  });
});
