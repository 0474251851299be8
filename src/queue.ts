import type { TakeTurn } from './bot.ts';
import { codeOf } from './domain/errors.ts';
import type { Conversations, Log } from './domain/ports.ts';

/** One turn at a time per conversation, in the order in which activities were stored. */
export interface TurnQueue {
  /** Answers all unanswered activities of a conversation. Resolves when none is left, or one could not be stored. */
  answer(conversationId: string): Promise<void>;
  /** Takes up what an earlier process left unanswered and what could not be stored before, counting the attempt. */
  recover(): Promise<void>;
  /** Resolves when no turn is running. */
  idle(): Promise<void>;
}

// So that a slow account API does not hold up all the others after a restart.
const recoveredAtOnce = 32;

/** A queue over the stored activities; a turn that could not be stored is logged, and its activity stays pending. */
export function createTurnQueue(store: Conversations, take: TakeTurn, log: Log): TurnQueue {
  const running = new Map<string, Promise<void>>();

  async function drain(id: string): Promise<void> {
    try {
      for (let pending = await store.nextPending(id); pending; pending = await store.nextPending(id))
        await take(pending, id);
    } catch (error) {
      log.error({ conversation: id, code: codeOf(error), err: error }, 'a turn was not stored');
    }
  }

  function answer(id: string): Promise<void> {
    const before = running.get(id) ?? Promise.resolve();
    const mine: Promise<void> = before
      .then(() => drain(id))
      .finally(() => {
        if (running.get(id) === mine) running.delete(id);
      });
    running.set(id, mine);
    return mine;
  }

  async function takeUp(id: string): Promise<void> {
    const pending = await store.nextPending(id);
    if (!pending) return;
    await store.countAttempt(id, pending.seq);
    await answer(id);
  }

  return {
    answer,
    async recover() {
      const left = (await store.withPending()).filter((id) => !running.has(id));
      for (let first = 0; first < left.length; first += recoveredAtOnce)
        await Promise.all(left.slice(first, first + recoveredAtOnce).map(takeUp));
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
