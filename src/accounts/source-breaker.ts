import type { Events } from '../domain/events.ts';
import type { Clock, Log } from '../domain/ports.ts';
import type { Source } from '../domain/snapshot.ts';
import { createCircuitBreaker } from '../http/circuit-breaker.ts';

/** Keeps a source that fails in reading after reading from being asked. */
export interface SourceBreaker {
  /** Leave to ask once, to be told whether the source answered; null: it is not to be asked now. */
  ask(reading: object): ((answered: boolean) => void) | null;
  /** Whether it may be asked as usual. */
  isClosed(): boolean;
}

/** By which clock it rests, and where it tells what it does and hears of other processes; without `events` it does neither. */
export interface SourceBreakerNeeds {
  readonly clock: Clock;
  readonly log: Log;
  readonly events?: Events;
}

const opensAfter = 5;
const restsMs = 10_000;
const lines = {
  open: ['warn', 'the source failed again and again, and is not asked for a while'],
  'half-open': ['info', 'the source is asked once, to see whether it answers again'],
  closed: ['info', 'the source answers again'],
} as const;

/**
 * A circuit breaker that counts readings: it opens after 5 in a row in which requests failed and none was answered since.
 * However many requests of one reading fail at once, they count once. Where another process's opened, one failure is enough.
 */
export function createSourceBreaker(source: Source, { clock, log, events }: SourceBreakerNeeds): SourceBreaker {
  const failedIn = new WeakSet();
  const breaker = createCircuitBreaker({
    ...{ opensAfter, restMs: () => restsMs, clock },
    changed(state) {
      const [level, message] = lines[state];
      log[level]({ source, breaker: state }, message);
      events?.emit('breaker-changed', source, state);
    },
  });
  events?.on('breaker-opened-elsewhere', (opened) => {
    if (opened === source) breaker.suspect();
  });
  const isClosed = () => breaker.state() === 'closed';

  return {
    isClosed,
    ask(reading) {
      const report = breaker.ask();
      // The probe's word counts, whatever happened in its reading before.
      if (!report || !isClosed()) return report;
      return (answered) => {
        if (!answered && failedIn.has(reading)) return;
        if (!answered) failedIn.add(reading);
        report(answered);
      };
    },
  };
}
