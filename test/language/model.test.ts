import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IntentExamples } from '../../src/domain/content.ts';
import { createRecognizer } from '../../src/language/recognizer.ts';
import { deserialize, fingerprint, serialize } from '../../src/language/serialize.ts';
import { trainModel } from '../../src/language/train-model.ts';
import { readCatalog, readIntents } from './content.ts';

const small: IntentExamples[] = [
  { slug: 'open', about: 'door', utterances: ['open the door', 'door open please', 'unlock the front door'] },
  { slug: 'open', about: 'window', utterances: ['open the window', 'some air please', 'window up'] },
  { slug: 'other', about: null, utterances: ['what time is it', 'sing a song', 'who won'] },
];

describe('a model', () => {
  it('is the same, byte by byte, when trained again', () => {
    assert.deepEqual(serialize(trainModel(small)), serialize(trainModel(small)));
  });

  it('of all our content stays under 1 MB and survives a file', () => {
    const intents = readIntents();
    const model = trainModel(intents);
    const bytes = serialize(model);
    assert.ok(bytes.length <= 1_000_000, String(bytes.length));
    assert.deepEqual(deserialize(bytes), model);
  });

  it('recognizes the same after a file', () => {
    const model = deserialize(serialize(trainModel(small)));
    assert.ok(model);
    const [fresh, loaded] = [createRecognizer(small, readCatalog()), createRecognizer(small, readCatalog(), { model })];
    fc.assert(fc.property(fc.string(), (text) => assert.deepEqual(loaded.recognize(text), fresh.recognize(text))));
    const { intent, about } = loaded.recognize('please open the window');
    assert.deepEqual([intent, about], ['open', 'window']);
  });

  it('is refused when the bytes are not one', () => {
    const bytes = serialize(trainModel(small));
    fc.assert(fc.property(fc.uint8Array(), (noise) => assert.equal(deserialize(Buffer.from(noise)), null)));
    fc.assert(fc.property(fc.nat(bytes.length - 1), (end) => assert.equal(deserialize(bytes.subarray(0, end)), null)));
  });

  it('has another fingerprint when a word changes', () => {
    const [first, ...rest] = small;
    assert.ok(first);
    const changed = [{ ...first, utterances: [...first.utterances, 'let me in'] }, ...rest];
    assert.equal(fingerprint(small), fingerprint(structuredClone(small)));
    assert.notEqual(fingerprint(small), fingerprint(changed));
  });

  it('knows an intent by its name', () => {
    const named = [{ slug: 'greet-me', about: null, utterances: ['hi', 'hello'] }, ...small];
    assert.equal(createRecognizer(named, readCatalog()).recognize('greet me').intent, 'greet-me');
  });

  it('can be trained on one intent, and on none', () => {
    const [first] = small;
    assert.ok(first);
    assert.equal(createRecognizer([first], readCatalog()).recognize('open the door').intent, 'open');
    assert.equal(createRecognizer([], readCatalog()).recognize('open the door').intent, null);
  });
});
