import assert from 'node:assert/strict';
import { createEvents } from '../../src/domain/events.ts';
import { openPostgres } from '../../src/store/postgres/index.ts';
import { newPostgresDatabase } from '../support/databases.ts';
import { nextEffects } from '../support/effects.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver, textOf, written } from '../support/store.ts';

const id = 'talk';

/** Two processes over one PostgreSQL; `heard`: the messages that each is to answer. */
async function twoProcesses() {
  const { url, drop } = await newPostgresDatabase();
  const clock = fakeClock();
  const start = async () => {
    const [events, heard] = [createEvents(), [] as string[]];
    events.on('turn-pending', (_, one) => void heard.push(textOf(one)));
    const store = await storeOver(openPostgres({ url, connections: 2 }), clock, { events });
    return { ...store, heard };
  };
  const [a, b] = [await start(), await start()];
  await a.open({ id, channel: 'direct-line', userId: 'dl_1', subject: null, locale: 'en', shared: false });
  return { a, b, clock, stop: () => Promise.all([a.close(), b.close()]).then(drop) };
}

describe('the turn of a conversation that two processes serve', () => {
  let two: Awaited<ReturnType<typeof twoProcesses>>;
  beforeEach(async () => (two = await twoProcesses()));
  afterEach(() => two.stop());

  it('is of the process that took the first message, also for what comes in at the other meanwhile', async () => {
    const { a, b } = two;
    await a.receive(id, written('first'));
    await b.receive(id, written('second'));
    assert.deepEqual([a.heard, b.heard], [['first'], []]);
    assert.deepEqual([await a.withPending(), await b.withPending()], [[id], []]);
    assert.equal(await b.nextPending(id), null);
    await a.commit(await nextEffects(a, id));
    const next = await a.nextPending(id);
    assert.equal(next && textOf(next), 'second');
    assert.equal(await b.nextPending(id), null);
  });

  it('is of the other once it has ended, and whoever asks first has it', async () => {
    const { a, b } = two;
    await a.receive(id, written('first'));
    await a.commit(await nextEffects(a, id));
    await b.receive(id, written('second'));
    assert.deepEqual([a.heard, b.heard], [['first'], ['second']]);
    assert.equal(await a.nextPending(id), null);
  });

  it('goes to the other when its process has not ended it for 15 seconds', async () => {
    const { a, b, clock } = two;
    await a.receive(id, written('first'));
    clock.forward(14_999);
    assert.equal(await b.nextPending(id), null);
    clock.forward(1);
    assert.deepEqual(await b.withPending(), [id]);
    const taken = await b.nextPending(id);
    assert.equal(taken && textOf(taken), 'first');
    assert.equal(await a.nextPending(id), null);
  });
});
