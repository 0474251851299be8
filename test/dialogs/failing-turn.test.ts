import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { SupportError } from '../../src/domain/errors.ts';
import { content } from '../support/fakes.ts';
import { createWorld, type World } from '../support/world.ts';
import { textOf } from '../support/store.ts';
import { say, storedState } from './state.ts';

const complaint = 'I get access denied when I try to export';
const apology = content.replies.lines.apology ?? '';

describe('an exception inside a turn', () => {
  let world: World;
  let mend: () => void;

  beforeEach(async () => {
    world = await createWorld('over-limit');
    await world.begin();
    await say(world, complaint);
    await say(world, 'Talk to a person');
    const tickets = world.store.tickets as { find: World['store']['tickets']['find'] };
    const { find } = tickets;
    tickets.find = () => Promise.reject(new Error('the disk is on fire'));
    mend = () => (tickets.find = find);
  });
  afterEach(() => world.close());

  it('gives one apology, and a person and a new start as ways on', async () => {
    const [said, ...more] = await world.write('talk to a human being');
    assert.deepEqual(more, []);
    assert.equal(said?.reply.text, apology);
    assert.deepEqual(
      said.reply.actions.map(({ label }) => label),
      ['Talk to a person', 'Start over'],
    );
  });

  it('keeps the state, and what the failed turn changed in it is not kept', async () => {
    const { state: before } = await storedState(world);
    await world.write('talk to a human being');
    const { state: after } = await storedState(world);
    assert.deepEqual({ ...after.memory, offered: [] }, { ...before.memory, offered: [] });
    assert.deepEqual(after.stack, before.stack);
  });

  it('keeps the message, answered', async () => {
    await world.write('talk to a human being');
    const texts = (await world.store.activitiesAfter(world.id, 0, 100)).map(textOf);
    assert.deepEqual(texts.slice(-2), ['talk to a human being', apology]);
    assert.equal(await world.store.nextPending(world.id), null);
  });

  it('goes on as ever once the fault is gone', async () => {
    await world.write('talk to a human being');
    mend();
    assert.match((await say(world, 'Talk to a person'))[0] ?? '', /^Your ticket \*\*LK-/);
  });

  it('is logged once, as an error, with its cause and without the customer’s words', async () => {
    await world.write('talk to a human being');
    const errors = world.log.lines.filter(({ level }) => level === 'error');
    assert.deepEqual(
      errors.map(({ message }) => message),
      ['a turn failed'],
    );
    const text = inspect(errors, { depth: null });
    assert.match(text, /the disk is on fire/);
    assert.match(text, /conversation: 'talk'/);
    assert.doesNotMatch(text, /human being|access denied/i);
  });
});

describe('a turn that cannot read the store', () => {
  it('waits, however often it is tried, and is answered as ever once the store is back', async () => {
    const world = await createWorld('over-limit');
    try {
      await world.begin();
      await say(world, complaint);
      await say(world, 'Talk to a person');
      const tickets = world.store.tickets as { find: World['store']['tickets']['find'] };
      const { find } = tickets;
      tickets.find = () => Promise.reject(new SupportError('store-unavailable'));
      assert.deepEqual(await world.write('talk to a human being'), []);
      for (let i = 0; i < 6; i += 1) await world.turns.recover();
      assert.deepEqual(await world.answered(), []);
      tickets.find = find;
      await world.turns.recover();
      assert.match((await world.answered())[0]?.reply.text ?? '', /^Your ticket \*\*LK-/);
      assert.deepEqual(
        world.log.lines.filter(({ level }) => level === 'error'),
        [],
      );
    } finally {
      await world.close();
    }
  });
});
