import { createBuiltInDesk } from '../../src/desks/built-in.ts';
import type { Queue } from '../../src/domain/ports.ts';
import { fakeClock } from '../support/fakes.ts';
import { deskContract } from './contract.ts';

deskContract('built-in', ['down'], () => {
  const waiting = new Set<string>();
  let broken = false;
  const queue: Queue = {
    add(number) {
      if (broken) return Promise.reject(new Error('database is locked'));
      waiting.add(number);
      return Promise.resolve();
    },
  };
  return {
    desk: createBuiltInDesk(queue, fakeClock()),
    taken: () => Promise.resolve([...waiting]),
    turn: (farEnd) => void (broken = farEnd === 'down'),
    secrets: [],
  };
});
