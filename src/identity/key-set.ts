import type { Instant } from '../domain/instant.ts';
import type { Clock } from '../domain/ports.ts';

/** A set of keys, and when its server gave it. */
export interface Held<T> {
  readonly keys: T;
  readonly at: Instant;
}

/** What a set of keys of another server is kept by. */
export interface KeySetNeeds<T> {
  /** Asks for it. Throws where there is none. */
  readonly read: () => Promise<T>;
  /** Is told that it could not be read, and whether the last one does meanwhile. */
  readonly failed: (error: unknown, isUsable: boolean) => void;
  readonly clock: Clock;
  /** For so long it is not asked for again. */
  readonly freshMs: number;
  /** For so long the last one does where its server does not answer. */
  readonly usableMs: number;
  /** Between two requests: while it is usable, and while there is none. */
  readonly pauseMs: { readonly usable: number; readonly none: number };
  /** The last one that an earlier process read; null: none is known. */
  readonly earlier?: Held<T> | null;
}

/** A set of keys of another server: read anew now and then, and where that fails the last one does for a while. */
export interface KeySet<T> {
  /** The last one; null: there is none that is young enough. */
  last(): T | null;
  /** Whether it was read here, and not long ago. */
  isFresh(): boolean;
  /** Asks for it again, one at a time and not too often; whether it was read anew. */
  refresh(): Promise<boolean>;
}

/** A set of keys that is read when it is first asked for. */
export function createKeySet<T>(needs: KeySetNeeds<T>): KeySet<T> {
  const { clock, freshMs, usableMs, pauseMs } = needs;
  const earlier = needs.earlier ?? null;
  // Where it is not known how old it is, it is too old.
  let held = earlier && clock.now() >= earlier.at ? earlier : null;
  let triedAt = -Infinity;
  let running: Promise<void> | null = null;

  /** How long ago that was; `setBack`: where the clock was set back since, nobody knows. */
  function since(at: number, setBack: number): number {
    const passed = clock.now() - at;
    return passed < 0 ? setBack : passed;
  }
  const ageMs = () => since(held?.at ?? -Infinity, freshMs);
  const isUsable = () => ageMs() < usableMs;

  async function read(): Promise<void> {
    triedAt = clock.now();
    try {
      held = { keys: await needs.read(), at: clock.now() };
    } catch (error) {
      needs.failed(error, isUsable());
    }
  }

  return {
    last: () => (held && isUsable() ? held.keys : null),
    isFresh: () => held !== earlier && ageMs() < freshMs,
    async refresh() {
      const before = held;
      const isDue = since(triedAt, Infinity) >= (isUsable() ? pauseMs.usable : pauseMs.none);
      if (!running && isDue) running = read().finally(() => (running = null));
      await running;
      return held !== before;
    },
  };
}
