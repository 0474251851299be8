import assert from 'node:assert/strict';
import type { Agent } from '../../src/domain/agent.ts';
import { createAgentSessions } from '../../src/store/agent-sessions.ts';
import { openInMemory } from '../support/in-memory.ts';
import { onEachStore } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';

const ada: Agent = { id: 'idp|ada', name: 'Ada', email: 'ada@example.com', roles: ['agent', 'writer'] };
const sam: Agent = { id: 'operator', name: 'Sam', email: null, roles: ['operator'] };

async function empty() {
  const [db, clock] = [await openInMemory(), fakeClock()];
  return { db, clock, sessions: createAgentSessions(db, clock), after: (ms: number) => clock.now() + ms };
}

onEachStore('stored sessions of agents', () => {
  it('are found by their own secret only', async () => {
    const { sessions, after } = await empty();
    await sessions.open('one', ada, after(1000));
    await sessions.open('two', sam, after(1000));
    assert.deepEqual(await Promise.all(['one', 'two', 'three', ''].map((secret) => sessions.find(secret))), [
      ada,
      sam,
      null,
      null,
    ]);
  });

  it('are over at the moment they expire, and leave the store a week later: the clock may have been ahead', async () => {
    const { db, clock, sessions, after } = await empty();
    await sessions.open('one', ada, after(1000));
    clock.forward(999);
    assert.deepEqual(await sessions.find('one'), ada);
    clock.forward(1);
    assert.equal(await sessions.find('one'), null);
    await sessions.open('two', sam, after(1000));
    assert.equal((await db.selectFrom('agent_sessions').selectAll().execute()).length, 2);
    clock.forward(7 * 86_400_000);
    await sessions.open('three', sam, after(1000));
    assert.equal((await db.selectFrom('agent_sessions').selectAll().execute()).length, 2);
  });

  it('end, once and again, and end no other', async () => {
    const { sessions, after } = await empty();
    await sessions.open('one', ada, after(1000));
    await sessions.open('two', sam, after(1000));
    for (const secret of ['one', 'one', 'three']) await sessions.end(secret);
    assert.deepEqual(await Promise.all(['one', 'two'].map((secret) => sessions.find(secret))), [null, sam]);
  });

  it('open nothing with what stands in the store', async () => {
    const { db, sessions, after } = await empty();
    await sessions.open('one', ada, after(1000));
    const [row] = await db.selectFrom('agent_sessions').selectAll().execute();
    assert.doesNotMatch(JSON.stringify(row), /"one"/);
    assert.equal(await sessions.find(row?.hash ?? ''), null);
  });
});
