import type { Wire } from '../wire.ts';

/** Replies that a request waits for: they are its answer, and are not sent. */
export interface ExpectedReplies {
  /** Gives what is said in a place while `answered` runs. Of two who wait there, the first gets it. */
  collect(place: string, answered: () => Promise<void>): Promise<readonly Wire[]>;
  /** Whether somebody waits for it there; then it was taken. */
  take(place: string, activity: Wire): boolean;
  /** Whether somebody waits there. */
  has(place: string): boolean;
}

/** Keeps them in memory: should the process end before, they are sent when it is started again. */
export function createExpectedReplies(): ExpectedReplies {
  const waiting = new Map<string, Wire[][]>();
  return {
    async collect(place, answered) {
      const mine: Wire[] = [];
      waiting.set(place, [...(waiting.get(place) ?? []), mine]);
      try {
        await answered();
        return mine;
      } finally {
        const others = (waiting.get(place) ?? []).filter((one) => one !== mine);
        if (others.length > 0) waiting.set(place, others);
        else waiting.delete(place);
      }
    },
    take(place, activity) {
      const [first] = waiting.get(place) ?? [];
      first?.push(activity);
      return first !== undefined;
    },
    has: (place) => waiting.has(place),
  };
}
