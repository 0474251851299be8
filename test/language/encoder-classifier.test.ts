import assert from 'node:assert/strict';
import { SupportError } from '../../src/domain/errors.ts';
import type { Encoder } from '../../src/domain/ports.ts';
import { createEncoderClassifier } from '../../src/language/encoder-classifier.ts';
import { createRecognizer } from '../../src/language/recognizer.ts';
import { trainModel } from '../../src/language/train-model.ts';
import { content, fakeClock } from '../support/fakes.ts';
import { readCatalog } from './content.ts';

const intents = [
  { slug: 'door', subIntent: null, utterances: ['open the door', 'the door please', 'unlock it'] },
  { slug: 'window', subIntent: null, utterances: ['open the window', 'some air please', 'it is stuffy'] },
  { slug: 'other', subIntent: null, utterances: ['sing a song', 'what time is it', 'who won the game'] },
];
/** As if it knew that a hatch is a window. */
const meaning = (text: string) =>
  Float32Array.from([/door|unlock/.test(text), /window|air|hatch|stuffy/.test(text)], Number);
const learned = trainModel(intents, { dimensions: 2, of: meaning });

/** A recognizer whose encoder does as `encode` says; `calls` counts how often it was asked, `failures` what was told. */
function recognizerWith(encode: Encoder['encode']) {
  const clock = fakeClock();
  const seen = { calls: 0, failures: [] as unknown[], clock };
  const encoder: Encoder = {
    name: 'fake',
    budgetMs: 50,
    encode(...asked) {
      seen.calls += 1;
      return encode(...asked);
    },
    close: () => Promise.resolve(),
  };
  const encoderClassifier = createEncoderClassifier(learned, encoder, clock, (error) => void seen.failures.push(error));
  const model = trainModel(intents);
  return {
    ...seen,
    seen,
    recognizer: createRecognizer({ model, catalog: readCatalog(), languages: content.languages, encoderClassifier }),
  };
}
const broken = () => Promise.reject(new SupportError('encoder-failed'));
const strange = 'hatch ajar';

describe('an encoder’s opinion', () => {
  it('counts: it knows what the words alone do not tell', async () => {
    const { recognizer } = recognizerWith((texts) => Promise.resolve(texts.map(meaning)));
    assert.equal((await recognizer.recognize(strange)).intent, 'window');
    const alone = createRecognizer({
      model: trainModel(intents),
      catalog: readCatalog(),
      languages: content.languages,
    });
    assert.equal((await alone.recognize(strange)).intent, null);
  });

  it('is not waited for when it failed a moment ago, and asked again later', async () => {
    const { recognizer, seen } = recognizerWith(broken);
    for (let i = 0; i < 5; i += 1) assert.equal((await recognizer.recognize('open the door')).intent, 'door');
    assert.deepEqual([seen.calls, seen.failures.length], [1, 1]);
    seen.clock.forward(10_000);
    await recognizer.recognize('open the door');
    assert.deepEqual([seen.calls, seen.failures.length], [2, 2]);
  });

  it('of vectors of another size does not count', async () => {
    const { recognizer } = recognizerWith(() => Promise.resolve([new Float32Array(7)]));
    assert.equal((await recognizer.recognize('open the door')).intent, 'door');
  });

  it('is not asked about nothing', async () => {
    const { recognizer, seen } = recognizerWith(broken);
    for (const text of ['', ' ', '\0']) await recognizer.recognize(text);
    assert.equal(seen.calls, 0);
  });
});
