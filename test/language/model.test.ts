import assert from 'node:assert/strict';
import fs, { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lookUpModel, modelFile, readModel, saveModel } from '../../src/language/model-file.ts';
import fc from 'fast-check';
import type { IntentExamples } from '../../src/domain/content.ts';
import { createClassifier } from '../../src/language/classifier.ts';
import { fingerprint } from '../../src/language/fingerprint.ts';
import { deserialize, serialize } from '../../src/language/serialize.ts';
import { trainModel } from '../../src/language/train-model.ts';
import { wordsOf } from '../../src/language/words.ts';
import { content, trainedModel } from '../support/fakes.ts';
import { coreOf } from './content.ts';

const small: IntentExamples[] = [
  { slug: 'open', subIntent: 'door', utterances: ['open the door', 'door open please', 'unlock the front door'] },
  { slug: 'open', subIntent: 'window', utterances: ['open the window', 'some air please', 'window up'] },
  { slug: 'other', subIntent: null, utterances: ['what time is it', 'sing a song', 'who won'] },
];

describe('a model', () => {
  it('is the same, byte by byte, when trained again', () => {
    assert.deepEqual(serialize(trainModel(small)), serialize(trainModel(small)));
  });

  it('of all our content stays under 2 MB and survives a file', () => {
    const model = trainedModel();
    const bytes = serialize(model);
    assert.ok(bytes.length <= 2_000_000, String(bytes.length));
    assert.deepEqual(deserialize(bytes), model);
  });

  it('hears a text alike in whatever order its examples stand', () => {
    const some = content.intents.map((one) => ({ ...one, utterances: one.utterances.slice(0, 40) }));
    const turned = some.map((one) => ({ ...one, utterances: one.utterances.toReversed() })).toReversed();
    const [one, other] = [some, turned].map((intents) => createClassifier(trainModel(intents)));
    const texts = content.intents.flatMap(({ utterances }) => utterances.slice(-3)).map(wordsOf);
    const leanOf = (slug: string) => {
      const of = (words: string[], classify = one) =>
        classify?.(words).find(({ intent }) => intent === slug)?.evidence ?? 0;
      return texts.reduce((sum, words) => sum + of(words, other) - of(words), 0) / texts.length;
    };
    const slugs = new Set(content.intents.map(({ slug }) => slug).filter((slug) => slug !== 'other'));
    const most = Math.max(...[...slugs].map((slug) => Math.abs(leanOf(slug))));
    assert.ok(most < 0.05, String(most));
  });

  it('recognizes the same after a file', () => {
    const model = deserialize(serialize(trainModel(small)));
    assert.ok(model);
    const [fresh, loaded] = [coreOf(small), coreOf(small, model)];
    fc.assert(fc.property(fc.string(), (text) => assert.deepEqual(loaded(text), fresh(text))));
    const { intent, subIntent } = loaded('please open the window');
    assert.deepEqual([intent, subIntent], ['open', 'window']);
  });

  it('is refused when the bytes are not one', () => {
    const bytes = serialize(trainModel(small));
    fc.assert(fc.property(fc.uint8Array(), (noise) => assert.equal(deserialize(Buffer.from(noise)), null)));
    fc.assert(fc.property(fc.nat(bytes.length - 1), (end) => assert.equal(deserialize(bytes.subarray(0, end)), null)));
  });

  it('knows what an encoder says too, and is judged by it', () => {
    const axes = ['door', 'window'];
    const of = (text: string) => Float32Array.from(axes, (axis) => Number(text.includes(axis)));
    const model = deserialize(serialize(trainModel(small, { dimensions: 2, of })));
    assert.ok(model);
    const classify = createClassifier(model);
    const about = (meaning: number[]) =>
      classify(['some', 'strange', 'words'], Float32Array.from(meaning))[0]?.subIntent;
    assert.deepEqual([about([0, 1]), about([1, 0])], ['window', 'door']);
  });

  it('has another fingerprint when a word changes, and for every encoder', () => {
    const [first, ...rest] = small;
    assert.ok(first);
    const changed = [{ ...first, utterances: [...first.utterances, 'let me in'] }, ...rest];
    assert.equal(fingerprint(small), fingerprint(structuredClone(small)));
    assert.notEqual(fingerprint(small), fingerprint(changed));
    assert.equal(new Set(['', 'a', 'b'].map((encoder) => fingerprint(small, encoder))).size, 3);
  });

  it('knows an intent by its name', () => {
    const named = [{ slug: 'greet-me', subIntent: null, utterances: ['hi', 'hello'] }, ...small];
    assert.equal(coreOf(named)('greet me').intent, 'greet-me');
  });

  it('can be trained on one intent, and on none', () => {
    const [first] = small;
    assert.ok(first);
    assert.equal(coreOf([first])('open the door').intent, 'open');
    assert.equal(coreOf([])('open the door').intent, null);
  });

  it('is kept in a file that is its owner’s alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    const file = join(folder, 'recognizer-x.bin');
    saveModel(file, trainedModel());
    assert.equal(statSync(file).mode & 0o777, 0o600);
    rmSync(folder, { recursive: true });
  });

  it('is the kept one of these very utterances, or trained and not kept, for whoever only looks', () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    const [others, kept] = [small.slice(1), trainModel([])];
    saveModel(modelFile(small, folder), kept);
    assert.deepEqual(serialize(lookUpModel(small, folder)), serialize(kept));
    assert.deepEqual(serialize(lookUpModel(others, folder)), serialize(trainModel(others)));
    assert.equal(readdirSync(folder).length, 1);
    rmSync(folder, { recursive: true });
  });

  it('is kept whole by each of two processes that learned it at once, and nothing else is left', () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    const file = join(folder, 'recognizer-x.bin');
    const { renameSync } = fs;
    let others = 0;
    fs.renameSync = (from, to) => {
      // Another process comes between this one’s draft and its name.
      if ((others += 1) === 1) saveModel(file, trainedModel());
      renameSync(from, to);
    };
    syncBuiltinESMExports();
    try {
      saveModel(file, trainedModel());
    } finally {
      fs.renameSync = renameSync;
      syncBuiltinESMExports();
    }
    assert.equal(others, 2);
    assert.deepEqual(readdirSync(folder), ['recognizer-x.bin']);
    assert.ok(readModel(file));
    rmSync(folder, { recursive: true });
  });
});
