import type { Socket } from '../../http/route.ts';

/** The open streams of customers, by user. */
export interface OpenStreams {
  /** Call the result when the socket is gone. */
  add(userId: string, socket: Socket): () => void;
  /** Closes those of a user. */
  end(userId: string): void;
  /** The users that have any. */
  users(): readonly string[];
}

/** None is open at first. */
export function createOpenStreams(): OpenStreams {
  const open = new Map<string, Set<Socket>>();
  return {
    add(id, socket) {
      const sockets = open.get(id) ?? new Set();
      open.set(id, sockets.add(socket));
      return () => {
        sockets.delete(socket);
        if (sockets.size === 0 && open.get(id) === sockets) open.delete(id);
      };
    },
    users: () => [...open.keys()],
    end(id) {
      for (const socket of open.get(id) ?? []) socket.close();
    },
  };
}
