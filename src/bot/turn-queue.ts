import { codeOf } from '../domain/errors.ts';
import type { Events } from '../domain/events.ts';
import type { Conversations, Log, TurnQueue } from '../domain/ports.ts';
import { createSerialRunner } from '../http/serial-runner.ts';
import type { HandleTurn } from './handle-turn.ts';

/** What the queue is made from. */
export interface TurnQueueNeeds {
  readonly store: Pick<Conversations, 'nextPending' | 'withPending' | 'countAttempt'>;
  readonly handleTurn: HandleTurn;
  readonly events: Events;
  readonly log: Log;
}

// So that a slow account API does not hold up all the others after a restart.
const recoveredAtOnce = 32;

/** Answers what is pending as soon as it is stored; a turn that could not be stored is logged, and its activity stays pending. */
export function createTurnQueue({ store, handleTurn, events, log }: TurnQueueNeeds): TurnQueue {
  const runner = createSerialRunner(drain);
  events.on('turn-pending', (id) => void runner.run(id));

  async function drain(id: string): Promise<void> {
    try {
      for (let pending = await store.nextPending(id); pending; pending = await store.nextPending(id))
        await handleTurn(pending, id);
    } catch (error) {
      const code = codeOf(error);
      // The store tells of that by itself.
      if (code !== 'store-unavailable') log.error({ conversation: id, code, err: error }, 'a turn was not stored');
    }
  }

  async function takeUp(id: string): Promise<void> {
    const pending = await store.nextPending(id);
    if (!pending) return;
    await store.countAttempt(id, pending.seq);
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
