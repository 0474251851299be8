import { SupportError } from '../domain/errors.ts';
import type { Clock, Desk, Queue } from '../domain/ports.ts';

/** Latchkey's own desk: a ticket is taken when it stands in the queue that agents read at `/tickets`. */
export function createBuiltInDesk(queue: Queue, clock: Clock): Desk {
  return {
    name: 'built-in',
    async take({ number }) {
      try {
        await queue.add(number, clock.now());
      } catch (cause) {
        throw new SupportError('desk-unavailable', { cause });
      }
    },
  };
}
