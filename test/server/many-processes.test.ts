import assert from 'node:assert/strict';
import { manyProcesses } from './many-processes.ts';

describe('two processes over one PostgreSQL, killed and stopped with it while customers write', () => {
  it('lose nothing, answer nothing twice, and bring each ticket', async () => {
    const { faults, tickets, talks, messages } = await manyProcesses({
      ...{ seconds: 10, processes: 2, clients: 16, blows: 4 },
    });
    assert.deepEqual(faults, []);
    assert.ok(tickets.length >= talks && messages >= talks * 4, `${tickets.length} of ${talks}, ${messages}`);
  });
});
