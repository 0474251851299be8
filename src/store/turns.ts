/** Lets one after the other do something, in the order in which they came. */
export interface Turns {
  /** Resolves when it is the caller's turn, which ends when the result is called. */
  take(): Promise<() => void>;
}

/** A queue of turns; nobody waits in it at first. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    async take() {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      last = promise;
      await before;
      return () => resolve(undefined);
    },
  };
}
