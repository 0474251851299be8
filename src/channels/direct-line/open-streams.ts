import type { Socket } from '../../http/route.ts';

/** The open streams of customers, by conversation. */
export interface OpenStreams {
  /** Call the result when the socket is gone. */
  add(conversationId: string, socket: Socket): () => void;
  /** Closes those of a conversation. */
  end(conversationId: string): void;
  /** The conversations that have any. */
  conversations(): readonly string[];
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
    conversations: () => [...open.keys()],
    end(id) {
      for (const socket of open.get(id) ?? []) socket.close();
    },
  };
}
