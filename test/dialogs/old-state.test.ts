import assert from 'node:assert/strict';
import { content } from '../support/fakes.ts';
import { createWorld, type World } from '../support/world.ts';
import { changeState, say, storedState, waiting, type Stored } from './state.ts';

const complaint = 'I get access denied when I try to export';
const restarted = content.replies.lines['restarted-after-update'] ?? '';
const top = (state: Stored) => {
  const frame = state.stack.at(-1);
  assert.ok(frame, 'a dialog waits');
  return frame;
};

describe('a conversation that an older version left', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld('over-limit');
    await world.begin();
    await say(world, complaint);
  });
  afterEach(() => world.close());

  it('waits at a step by its name', async () => {
    assert.equal(await waiting(world), 'access-denied/react');
  });

  it('goes on where every name is still known', async () => {
    await changeState(world, () => undefined);
    assert.notEqual((await say(world, 'Check again'))[0], restarted);
  });

  const olds: Readonly<Record<string, (state: Stored) => void>> = {
    'waits at a step that is gone': (state) => (top(state).state.at = 'finalStep'),
    'waits at a numbered step': (state) => (top(state).state.at = 2 as unknown as string),
    'waits in a dialog that is gone': (state) => (top(state).id = 'main-dialog'),
    'has a dialog below that is gone': (state) => state.stack.unshift({ ...top(state), id: 'main-dialog' }),
    'has saved nothing at the step': (state) => delete (top(state).state as { saved?: object }).saved,
    'has no place in its dialog': (state) => delete (top(state) as { state?: object }).state,
    'is of another version': (state) => ((state as { v: number }).v = 0),
  };
  for (const [how, make] of Object.entries(olds))
    it(`starts over politely, once, when it ${how}`, async () => {
      await changeState(world, make);
      const texts = await say(world, 'the moon is full tonight');
      assert.deepEqual(texts, [restarted]);
      assert.equal(await waiting(world), 'nothing');
      assert.ok((await say(world, complaint))[0]?.includes('monthly limit'), 'and then works as ever');
    });

  it('starts over politely when a dialog that begins another would go on at a step that is gone', async () => {
    await say(world, 'thanks');
    assert.equal(await waiting(world), 'rate-answer/takeRating');
    await changeState(world, ({ stack }) => {
      for (const { state } of stack) if (state.then !== null) state.then = 'finalStep';
    });
    assert.equal((await say(world, 'Yes'))[0], restarted);
  });

  it('answers what was said, after starting over', async () => {
    await changeState(world, (state) => (top(state).state.at = 'finalStep'));
    const texts = await say(world, complaint);
    assert.equal(texts[0], restarted);
    assert.ok(texts[1]?.includes('monthly limit'));
    assert.equal((await storedState(world)).state.memory.complaint?.words, complaint);
  });
});
