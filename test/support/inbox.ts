/** Keeps what comes, and tells who waits for something. */
export function createInbox<T>() {
  const all: T[] = [];
  const waiting = new Set<() => void>();
  return {
    all,
    add(...some: readonly T[]): void {
      all.push(...some);
      for (const look of waiting) look();
    },
    /** The first that fits, as soon as it is there. */
    until: (fits: (one: T) => boolean) =>
      new Promise<T>((resolve) => {
        const look = () => {
          const found = all.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
