import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

describe('an encoder’s opinion, loaded', () => {
  it('is learned once in the background, kept, and then read', async () => {
    const needs = { dataDir: mkdtempSync(join(tmpdir(), 'latchkey-')), clock: fakeClock(), log: keptLog() };
    const text = 'entry is not permitted for me';
    const first = loadEncoderClassifier(intents, 'use-lite', needs);
    assert.equal(await first.classifier(text, wordsOf(text)), null);
    await first.ready;
    // An answer that is late is none, on a busy machine; the encoder is asked again after its rest.
    let judged = await first.classifier(text, wordsOf(text));
    while (judged === null) {
      needs.clock.forward(10_000);
      judged = await first.classifier(text, wordsOf(text));
    }
    await first.close();
    assert.equal(judged[0]?.intent, 'locked-out');
    assert.equal(readdirSync(needs.dataDir).length, 1);

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
