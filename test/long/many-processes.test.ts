import assert from 'node:assert/strict';
import { manyProcesses } from '../server/many-processes.ts';

describe('processes over one PostgreSQL, killed and stopped with it for ten minutes while customers write', () => {
  for (const processes of [2, 4])
    it(`lose nothing, answer nothing twice, and bring each ticket: ${processes} of them`, async () => {
      const { faults, tickets, talks } = await manyProcesses({ seconds: 600, processes, clients: 64, blows: 60 });
      assert.deepEqual(faults, []);
      assert.ok(tickets.length >= talks);
    }).timeout(3_600_000);
});
