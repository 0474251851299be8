import { codeOf } from '../domain/errors.ts';
import type { Events } from '../domain/events.ts';
import type { Clock, Conversations, Log, PendingActivity, TurnQueue } from '../domain/ports.ts';
import { currentWork, during, noteFacts } from '../domain/work.ts';
import { createExpiringCache } from '../http/expiring-cache.ts';
import { createSerialRunner } from '../http/serial-runner.ts';
import type { HandleTurn } from './handle-turn.ts';

/** What the queue is made from. */
export interface TurnQueueNeeds {
  readonly store: Pick<Conversations, 'nextPending' | 'withPending' | 'countAttempt'>;
  readonly handleTurn: HandleTurn;
  readonly events: Events;
  readonly clock: Clock;
  readonly log: Log;
}

// So that a slow account API does not hold up all the others after a restart.
const recoveredAtOnce = 32;
const [mostKept, keptMs] = [10_000, 60_000];

/** Answers what is pending as soon as it is stored; a turn that could not be stored is logged, and its activity stays pending. */
export function createTurnQueue({ store, handleTurn, events, clock, log }: TurnQueueNeeds): TurnQueue {
  const runner = createSerialRunner(drain);
  /** Which request brought an activity: its turn may be taken in the course of another one. */
  const requests = createExpiringCache<string>({ max: mostKept, ttlMs: keptMs, clock });
  /** Conversations whose turn failed because of the store alone: the next attempt is the last one again. */
  const delayed = createExpiringCache<string>({ max: mostKept, ttlMs: keptMs, clock });
  events.on('turn-pending', (id, { seq }) => {
    const request = currentWork()?.request;
    if (request) requests.set(`${id}/${seq}`, request);
    void runner.run(id);
  });

  async function drain(id: string): Promise<void> {
    try {
      let isStored = true;
      for (let pending = await store.nextPending(id); pending && isStored; pending = await store.nextPending(id))
        isStored = await take(id, pending);
    } catch (error) {
      tellOf(id, error);
    }
  }

  /** False: the turn could not be stored. */
  function take(id: string, pending: PendingActivity): Promise<boolean> {
    const request = requests.get(`${id}/${pending.seq}`) ?? null;
    return during({ request, conversation: id }, async () => {
      const from = performance.now();
      try {
        await handleTurn(pending, id);
        return true;
      } catch (error) {
        noteFacts({ result: 'not-stored' });
        tellOf(id, error);
        return false;
      } finally {
        const work = currentWork();
        if (work) events.emit('turn-ended', { ...work, from, to: performance.now() });
      }
    });
  }

  /** Of a store that takes nothing it tells by itself. */
  function tellOf(id: string, error: unknown): void {
    const code = codeOf(error);
    if (code === 'store-unavailable') delayed.set(id, code);
    else log.error({ conversation: id, code, err: error }, 'a turn was not stored');
  }

  async function takeUp(id: string): Promise<void> {
    const pending = await store.nextPending(id);
    if (!pending) return;
    if (!delayed.delete(id)) await store.countAttempt(id, pending.seq);
    await runner.run(id);
  }

  return {
    answer: (id) => runner.run(id),
    async recover() {
      const left = (await store.withPending()).filter((id) => !runner.isRunning(id));
      for (let first = 0; first < left.length; first += recoveredAtOnce)
        await Promise.all(left.slice(first, first + recoveredAtOnce).map(takeUp));
    },
    idle: () => runner.idle(),
  };
}
