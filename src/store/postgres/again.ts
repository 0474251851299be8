import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isConflict } from './why-unreachable.ts';

const mostTries = 20;
const longestMs = 50;

/** Does it anew where another process was faster: whoever clashes goes apart by chance, and further each time. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1)
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || tried === mostTries) throw error;
      await sleep(randomInt(Math.min(2 ** tried, longestMs)));
    }
}
