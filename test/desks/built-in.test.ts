import { createBuiltInDesk } from '../../src/desks/built-in/index.ts';
import { fakeClock } from '../support/fakes.ts';
import { openInMemory } from '../support/in-memory.ts';
import { storeOver } from '../support/store.ts';
import { deskContract } from './contract.ts';

deskContract(
  'built-in',
  ['down'],
  async () => {
    const db = await openInMemory();
    const store = await storeOver(db, fakeClock());
    let broken = false;
    const queue = {
      add: (...added: Parameters<typeof store.queue.add>) =>
        broken ? Promise.reject(new Error('database is locked')) : store.queue.add(...added),
    };
    return {
      desk: createBuiltInDesk(queue),
      async taken() {
        const rows = await db.selectFrom('work').select('number').where('state', '=', 'waiting').execute();
        return rows.map(({ number }) => number);
      },
      turn: (farEnd) => void (broken = farEnd === 'down'),
      secrets: [],
      close: () => store.close(),
    };
  },
  { showsTalk: true },
);
