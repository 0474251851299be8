import { SupportError } from '../../domain/errors.ts';
import type { Desk, Queue } from '../../domain/ports.ts';

/** Latchkey's own desk: a ticket is taken when it waits in the console. */
export function createBuiltInDesk(queue: Queue): Desk {
  return {
    name: 'built-in',
    async take(ticket) {
      try {
        await queue.add(ticket);
      } catch (cause) {
        throw new SupportError('desk-unavailable', { cause });
      }
      return null;
    },
    // The console shows the whole talk.
    add: () => Promise.resolve(),
  };
}
