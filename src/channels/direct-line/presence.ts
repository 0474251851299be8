import type { Events } from '../../domain/events.ts';
import type { Clock, Log, Reading } from '../../domain/ports.ts';
import { createSerialRunner } from '../../http/serial-runner.ts';

/** Says whose customers are there: those who have a stream open, at whichever process. */
export interface Presence {
  /** A stream was opened. Call the result when it is gone. */
  enter(conversationId: string): () => void;
  /** Says again who is there, when it is time. */
  run(): Promise<void>;
  /** Resolves when nothing is being said. */
  idle(): Promise<void>;
}

/** What presence is made from. */
export interface PresenceNeeds {
  readonly reading: Pick<Reading, 'here' | 'find'>;
  readonly events: Events;
  readonly clock: Clock;
  readonly log: Log;
}

/** A process that ends says nothing: its customers have left when this is over. Milliseconds. */
const hereMs = 45_000;
const againEveryMs = 20_000;
const atOnce = 500;

/** Kept by a time that runs out, so that nobody is there for ever whose process was killed. */
export function createPresence({ reading, events, clock, log }: PresenceNeeds): Presence {
  const open = new Map<string, number>();
  let saidAt = clock.now();

  const runner = createSerialRunner(async (id) => {
    try {
      await reading.here([id], clock.now() + (open.has(id) ? hereMs : 0));
      events.emit('reading-changed', id);
    } catch (error) {
      log.info({ conversation: id, err: error }, 'who is there was not stored');
    }
  });

  /** Who left at another process may be here still. */
  async function sayAgain(id: string): Promise<void> {
    const read = await reading.find(id).catch(() => null);
    if (read && (read.hereUntil ?? 0) <= clock.now() && open.has(id)) await runner.run(id);
  }
  events.on('reading-changed', (id) => {
    if (open.has(id)) void sayAgain(id);
  });

  return {
    enter(id) {
      open.set(id, (open.get(id) ?? 0) + 1);
      void runner.run(id);
      return () => {
        const left = (open.get(id) ?? 1) - 1;
        if (left > 0) open.set(id, left);
        else {
          open.delete(id);
          void runner.run(id);
        }
      };
    },
    async run() {
      const now = clock.now();
      if (now >= saidAt && now - saidAt < againEveryMs) return;
      saidAt = now;
      const ids = [...open.keys()];
      for (let first = 0; first < ids.length; first += atOnce)
        await reading.here(ids.slice(first, first + atOnce), now + hereMs);
    },
    idle: () => runner.idle(),
  };
}
