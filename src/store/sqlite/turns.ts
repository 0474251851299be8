/** Lets one after the other do something, in the order in which they came. */
export interface Turns {
  /** Resolves when it is the caller's turn, which ends when the result is called. */
  take(): Promise<() => void>;
  /** Whether nobody has a turn, or waits for one. */
  free(): boolean;
}

/** A queue of turns; nobody waits in it at first. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let taken = 0;
  return {
    async take() {
      taken += 1;
      const before = last;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      last = promise;
      await before;
      return () => {
        taken -= 1;
        resolve(undefined);
      };
    },
    free: () => taken === 0,
  };
}
