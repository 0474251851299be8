/** Rings when a ticket changed: consoles listen, and the boards in channels. */
export interface Bell {
  ring(ticket: string): void;
  /** Call the result to listen no more. */
  listen(hear: (ticket: string) => void): () => void;
}

/** A bell of this process. */
export function createBell(): Bell {
  const listeners = new Set<(ticket: string) => void>();
  return {
    ring(ticket) {
      for (const hear of listeners) hear(ticket);
    },
    listen(hear) {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
  };
}
