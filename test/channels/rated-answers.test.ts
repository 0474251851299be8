import assert from 'node:assert/strict';
import { createFindRatedAnswer, reasonOf } from '../../src/channels/rated-answers.ts';
import { createWorld, type World } from '../support/world.ts';

describe('an answer that is judged by a client’s own means', () => {
  let world: World;
  let asked: number[];
  beforeEach(async () => {
    asked = [];
    world = await createWorld('nobody');
    await world.begin();
    for (const words of ['how do I get an API key?', 'yes', 'how do I invite a teammate?'])
      for (const { seq, reply } of await world.write(words)) if (reply.kind === 'feedback') asked.push(seq);
  });
  afterEach(() => world.close());
  const find = (seq: number | null, id = world.id) => createFindRatedAnswer(world.store)(id, seq);

  it('is found by the reply that asked', async () => {
    assert.equal(asked.length, 2);
    const articles = await Promise.all(asked.map(async (seq) => (await find(seq))?.of.article));
    assert.deepEqual(articles, ['get-an-api-key', 'invite-a-teammate']);
  });

  it('is the last one where the client does not say which', async () => {
    assert.equal((await find(null))?.seq, asked[1]);
  });

  it('is none where something else was said, nothing was, or in another conversation', async () => {
    const others = [1, 0, -1, 10_000, (asked[0] ?? 0) + 0.5];
    for (const seq of others) assert.equal(await find(seq), null, String(seq));
    assert.equal(await find(asked[0] ?? 0, 'another'), null);
    assert.equal(await find(null, 'another'), null);
  });

  it('has a reason without secrets, of 500 characters, or none', () => {
    assert.equal(reasonOf(' too long '), 'too long');
    assert.doesNotMatch(reasonOf('my password is hunter22') ?? '', /hunter22/);
    assert.equal(reasonOf('x'.repeat(600))?.length, 500);
    for (const none of ['', '  ', null, undefined, 7, {}]) assert.equal(reasonOf(none), null);
  });
});
