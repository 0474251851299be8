/** Runs one thing at a time for each key, in the order in which it was asked for; different keys do not wait for each other. */
export interface SerialRunner<Input = void> {
  /** Runs once more for this key, behind what runs already. Throws what that run throws. */
  run(key: string, input: Input): Promise<void>;
  isRunning(key: string): boolean;
  /** Resolves when nothing is running. */
  idle(): Promise<void>;
}

/** A runner of `work`. */
export function createSerialRunner<Input = void>(
  work: (key: string, input: Input) => Promise<void>,
): SerialRunner<Input> {
  const running = new Map<string, Promise<void>>();
  return {
    run(key, input) {
      const before = running.get(key) ?? Promise.resolve();
      const mine = before
        .catch(() => undefined)
        .then(() => work(key, input))
        .finally(() => {
          if (running.get(key) === mine) running.delete(key);
        });
      running.set(key, mine);
      return mine;
    },
    isRunning: (key) => running.has(key),
    async idle() {
      while (running.size > 0) await Promise.allSettled(running.values());
    },
  };
}
