import type { Clock, Log } from '../domain/ports.ts';
import type { Source } from '../domain/snapshot.ts';

/** Keeps a far end that fails again and again from being asked. */
export interface Breaker {
  /** Leave to ask once, to be told whether the far end answered; null: it is not to be asked now. */
  ask(reading: object): ((answered: boolean) => void) | null;
  /** Whether it may be asked as usual. */
  isClosed(): boolean;
}

const opensAfter = 5;
const restsMs = 10_000;
const states = {
  open: ['warn', 'the source failed again and again, and is not asked for a while'],
  'half-open': ['info', 'the source is asked once, to see whether it answers again'],
  closed: ['info', 'the source answers again'],
} as const;

/**
 * A breaker that opens after 5 readings in a row in which requests failed and none was answered since. 10 s later it lets
 * exactly one request through, which decides. However many requests of one reading fail at once, they count once.
 */
export function createBreaker(source: Source, { clock, log }: { readonly clock: Clock; readonly log: Log }): Breaker {
  let state: keyof typeof states = 'closed';
  let failures = 0;
  let openedAt = 0;
  const failedIn = new WeakSet();

  function become(next: keyof typeof states): void {
    state = next;
    failures = 0;
    if (next === 'open') openedAt = clock.now();
    const [level, message] = states[next];
    log[level]({ source, breaker: next }, message);
  }

  function isResting(): boolean {
    const rested = clock.now() - openedAt;
    // The clock may have been set back meanwhile.
    return rested >= 0 && rested < restsMs;
  }

  function count(reading: object, answered: boolean): void {
    // Asked before others opened it: the probe alone decides now.
    if (state !== 'closed') return;
    if (answered) failures = 0;
    if (answered || failedIn.has(reading)) return;
    failedIn.add(reading);
    failures += 1;
    if (failures >= opensAfter) become('open');
  }

  return {
    isClosed: () => state === 'closed',
    ask(reading) {
      if (state === 'closed') return (answered) => count(reading, answered);
      if (state === 'half-open' || isResting()) return null;
      become('half-open');
      return (answered) => become(answered ? 'closed' : 'open');
    },
  };
}
