import assert from 'node:assert/strict';
import { createExpectedReplies } from '../../../src/channels/local/expected-replies.ts';

const [hello, bye] = [{ text: 'hello' }, { text: 'bye' }];

describe('replies that a request waits for', () => {
  it('are given to whoever waits in that place, and only while they do', async () => {
    const expected = createExpectedReplies();
    const [one, two] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const got = [expected.collect('here', async () => one.promise), expected.collect('there', async () => two.promise)];
    assert.deepEqual([expected.has('here'), expected.has('nowhere')], [true, false]);
    assert.ok(expected.take('here', hello));
    assert.ok(expected.take('there', bye));
    assert.ok(!expected.take('nowhere', bye));
    one.resolve(undefined);
    two.resolve(undefined);
    assert.deepEqual(await Promise.all(got), [[hello], [bye]]);
    assert.ok(!expected.take('here', bye));
    assert.equal(expected.has('here'), false);
  });

  it('go to the first of two who wait in one place, then to the other', async () => {
    const expected = createExpectedReplies();
    const [one, two] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const got = [expected.collect('here', async () => one.promise), expected.collect('here', async () => two.promise)];
    expected.take('here', hello);
    one.resolve(undefined);
    await got[0];
    expected.take('here', bye);
    two.resolve(undefined);
    assert.deepEqual(await Promise.all(got), [[hello], [bye]]);
  });

  it('are waited for no longer where the turn failed', async () => {
    const expected = createExpectedReplies();
    const failing = expected.collect('here', () => Promise.reject(new Error('broken')));
    await assert.rejects(failing, /broken/);
    assert.equal(expected.has('here'), false);
  });
});
