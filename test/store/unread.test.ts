import assert from 'node:assert/strict';
import type { AgentAction } from '../../src/domain/ports.ts';
import { onEachStore, openBeside } from '../support/databases.ts';
import { storeOver, textOf, written } from '../support/store.ts';
import { ada, becomes, find, worded, world } from './ticket-world.ts';

const ben = { id: 'ben', name: 'Ben' };
type World = Awaited<ReturnType<typeof world>>;

async function standing({ store }: World, number = 'LK-1') {
  const { waitsSince, unread } = (await find(store, number)).work;
  return [waitsSince, unread];
}
let count = 0;
/** The customer writes, and no turn has answered yet. */
async function writes({ store, clock, told }: World, words = 'hello?', talk = 'talk') {
  clock.forward(60_000);
  told.length = 0;
  await store.receive(talk, written(words, `later:${(count += 1)}`));
  return clock.now();
}
const mine: Partial<AgentAction> = { becomes: { state: 'claimed', holder: ada } };

onEachStore('a ticket whose customer writes', () => {
  it('waits since it was opened, then since the first message that no person has answered', async () => {
    const one = await world();
    assert.deepEqual(await standing(one), [(await find(one.store)).ticket.openedAt, 0]);
    await one.act({ action: 'reply' });
    assert.deepEqual(await standing(one), [null, 0]);
    const first = await writes(one);
    await writes(one, 'still there?');
    assert.deepEqual([await standing(one), one.told], [[first, 2], ['LK-1']]);
    for (const action of ['note', 'claim'] as const) await one.act({ action, ...mine });
    assert.deepEqual(await standing(one), [first, 2]);
    await one.act({ action: 'reply' });
    assert.deepEqual(await standing(one), [null, 0]);
  });

  it('is unread until whoever has it has seen as much', async () => {
    const one = await world();
    await one.act({ action: 'reply', ...mine });
    const since = await writes(one);
    await writes(one);
    await one.store.ticketActions.see('LK-1', ben, 2);
    await one.store.ticketActions.see('LK-1', ada, 1);
    assert.deepEqual([await standing(one), await one.store.tickets.countUnread('ada', 9)], [[since, 2], 1]);
    one.told.length = 0;
    await one.store.ticketActions.see('LK-1', ada, 2);
    assert.deepEqual([await standing(one), one.told], [[since, 0], ['LK-1']]);
    assert.equal(await one.store.tickets.countUnread('ada', 9), 0);
  });

  it('that nobody has is seen by anybody', async () => {
    const one = await world();
    await writes(one);
    await one.store.ticketActions.see('LK-1', ben, 1);
    assert.equal((await standing(one))[1], 0);
  });

  it('is told of once, however often the same message comes, and of no other ticket', async () => {
    const one = await world();
    await one.turn({ ticket: worded('x', 'other', 'LK-2') }, 'x', 'other');
    await one.act({ action: 'reply' });
    await one.store.receive('talk', written('same', 'same'));
    await one.store.receive('talk', written('same', 'same'));
    assert.deepEqual([(await standing(one))[1], (await standing(one, 'LK-2'))[1]], [1, 0]);
  });

  it('waits for nobody once it is closed, and again when the customer says that it is not solved', async () => {
    const one = await world('built-in');
    await writes(one);
    await one.act(becomes('closed'));
    assert.deepEqual(await standing(one), [null, 0]);
    await writes(one, 'no');
    assert.deepEqual([await standing(one), one.told], [[null, 0], []]);
    await one.turn({ resolution: { ticket: 'LK-1', solved: false } }, 'no');
    assert.equal((await standing(one))[1], 1);
  });

  it('keeps the priority that an agent gave it, whatever comes in later', async () => {
    const one = await world();
    await one.turn({ amendedTicket: { ...worded('more'), priority: 'high' } });
    assert.equal((await find(one.store)).work.priority, 'high');
    assert.equal(
      await one.act({ action: 'priority', priority: 'low', when: { states: ['waiting'], priority: 'normal' } }),
      'refused',
    );
    assert.equal(
      await one.act({ action: 'priority', priority: 'low', when: { states: ['waiting'], priority: 'high' } }),
      'now',
    );
    await one.turn({ amendedTicket: { ...worded('still more'), priority: 'high' } });
    assert.equal((await find(one.store)).work.priority, 'low');
  });
});

const tells = { kind: 'text', text: 'LK-1 goes on as LK-2', actions: [] } as const;
const merge = { action: 'merge', becomes: { state: 'closed', holder: ada }, merges: { into: 'LK-2', tells } } as const;

onEachStore('a ticket that goes on in another one', () => {
  async function two(talk = 'other', desk = 'built-in') {
    const one = await world(desk);
    await one.turn({ ticket: worded('second', talk, 'LK-2') }, 'x', talk);
    await one.deliver();
    await one.act({ action: 'reply', ticket: 'LK-2' });
    await one.act({ action: 'reply' });
    return one;
  }

  it('hands over who waits and what is unread, and later messages, and is shown as closed', async () => {
    const one = await two();
    const since = await writes(one);
    await writes(one, 'and', 'other');
    assert.equal(await one.act(merge), 'now');
    assert.deepEqual(
      [await standing(one), await standing(one, 'LK-2')],
      [
        [null, 0],
        [since, 2],
      ],
    );
    const { state, mergedInto } = (await find(one.store)).work;
    assert.deepEqual([state, mergedInto, one.told.slice(-2)], ['closed', 'LK-2', ['LK-1', 'LK-2']]);
    await writes(one, 'in the first conversation');
    assert.deepEqual([(await standing(one, 'LK-2'))[1], one.told], [3, ['LK-2']]);
    const actions = async (number: string) => (await one.store.audit.ofTicket(number)).map(({ action }) => action);
    assert.ok((await actions('LK-1')).includes('merge') && (await actions('LK-2')).includes('merge'));
  });

  it('is not solved in whichever conversation that is said first, and waits again', async () => {
    const one = await two();
    await one.act(merge);
    await one.act({ ...becomes('closed'), ticket: 'LK-2' });
    await one.turn({ resolution: { ticket: 'LK-2', solved: false } }, 'no');
    const reopened = (await find(one.store, 'LK-2')).work;
    assert.deepEqual([reopened.state, reopened.unread, reopened.waitsSince], ['waiting', 1, one.clock.now()]);
    await one.act({ ...becomes('closed'), ticket: 'LK-2' });
    for (const [solved, talk] of [
      [true, 'talk'],
      [false, 'other'],
    ] as const)
      await one.turn({ resolution: { ticket: 'LK-2', solved } }, 'x', talk);
    const { state, solved } = (await find(one.store, 'LK-2')).work;
    assert.deepEqual([state, solved], ['closed', true]);
  });

  for (const [talk, said] of [
    ['other', 1],
    ['talk', 1],
  ] as const)
    it(`tells the customer once in each conversation: ${talk}`, async () => {
      const one = await two(talk);
      await one.act(merge);
      for (const id of ['talk', talk]) {
        const texts = (await one.store.activitiesAfter(id, 0, 99)).map(textOf);
        assert.equal(texts.filter((text) => text === tells.text).length, said);
      }
    });

  it('is told to a desk outside of both, behind what it has, and so is what is written later', async () => {
    const one = await two('other', 'zendesk');
    one.brought.length = 0;
    await one.act(merge);
    await one.deliver();
    // Those of two conversations come in any order.
    assert.deepEqual(one.brought.toSorted(), [`LK-1: ${tells.text}`, `LK-2: ${tells.text}`]);
    await one.turn({ followUp: 'LK-1' }, 'and this');
    await one.deliver();
    assert.equal(one.brought[2], 'LK-2: and this');
  });

  it('follows when that goes on in a third one', async () => {
    const one = await two();
    await one.turn({ ticket: worded('third', 'third', 'LK-3') }, 'x', 'third');
    await one.act(merge);
    await one.act({ ...merge, ticket: 'LK-2', merges: { into: 'LK-3', tells } });
    assert.equal((await find(one.store)).work.mergedInto, 'LK-3');
    await one.act({ ...becomes('claimed'), action: 'reopen' });
    assert.equal((await find(one.store)).work.mergedInto, null);
  });

  it('has an answer that stands in both conversations wait, and be mailed, only where the customer wrote last', async () => {
    const one = await two();
    for (const id of ['talk', 'other']) await one.store.reading.begin(id, null);
    await one.act(merge);
    await writes(one, 'here I am', 'talk');
    const says = [{ kind: 'person', name: 'Ada', text: 'Hi', actions: [] }] as const;
    await one.act({
      ...{ action: 'reply', ticket: 'LK-2' },
      talks: ['other', 'talk'].map((conversationId) => ({ conversationId, says })),
    });
    const now = one.clock.now();
    const due = await one.store.reading.claimMails(now, { unreadSince: now, leaseUntil: now + 1, limit: 9 });
    assert.deepEqual(
      due.map(({ conversationId, replies }) => [conversationId, replies.length]),
      [['talk', 1]],
    );
    assert.equal((await one.store.activitiesAfter('other', 0, 99)).map(textOf).at(-1), 'Hi');
  });

  it('changes nothing where the other is closed, is not there, or is itself', async () => {
    const one = await two();
    await one.act({ ...becomes('closed'), ticket: 'LK-2' });
    for (const into of ['LK-2', 'LK-404', 'LK-1'])
      assert.equal(await one.act({ ...merge, merges: { into, tells } }), 'refused', into);
    assert.equal((await find(one.store)).work.state, 'waiting');
  });

  it('never both ways at once', async () => {
    const one = await two();
    const beside = openBeside(one.db);
    const another = beside === one.db ? one.store : await storeOver(beside, one.clock);
    const into = (ticket: string, other: string, id: string): AgentAction => ({
      ...{ ticket, by: ada, id, when: { states: ['waiting', 'sent', 'claimed'] } },
      ...{ ...merge, merges: { into: other, tells } },
    });
    const done = await Promise.all([
      one.store.ticketActions.act(into('LK-1', 'LK-2', 'a')),
      another.ticketActions.act(into('LK-2', 'LK-1', 'b')),
    ]);
    assert.deepEqual(done.toSorted(), ['now', 'refused']);
    if (beside !== one.db) await another.close();
  });
});
