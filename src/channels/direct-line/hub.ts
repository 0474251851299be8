import type { Conversations, StoredActivity, Wire } from '../../domain/ports.ts';
import { toClient } from './draw.ts';

/** A client's open stream. `buffered` is in bytes. */
export interface Socket {
  send(frame: string): void;
  close(): void;
  readonly buffered: number;
}

/** Sends stored activities to the streams of their conversation: each one once, in order. */
export interface Hub {
  /** Sends everything after `seq`, then what comes. Call the result when the socket is gone. */
  listen(conversationId: string, seq: number, socket: Socket): () => void;
  publish(conversationId: string, activities: readonly StoredActivity[]): void;
  closeAll(): void;
}

interface Listener {
  readonly socket: Socket;
  /** The last activity that was sent. */
  seq: number;
  catchingUp: boolean;
  /** Something was published since the last look at the store. */
  behind: boolean;
}

const page = 200;
/** A reader that is slower than this is cut off; it resumes by its watermark. Bytes. */
const mostBuffered = 1_048_576;

/** A hub over the stored activities: a socket first gets what it missed, then what is new. */
export function createHub(store: Pick<Conversations, 'activitiesAfter'>): Hub {
  const rooms = new Map<string, Set<Listener>>();

  function send(id: string, listener: Listener, activities: readonly StoredActivity[]): void {
    const last = activities.at(-1);
    if (!last) return;
    listener.seq = last.seq;
    listener.socket.send(frame(id, activities));
    if (listener.socket.buffered > mostBuffered) listener.socket.close();
  }

  async function catchUp(id: string, listener: Listener): Promise<void> {
    listener.behind = true;
    if (listener.catchingUp) return;
    listener.catchingUp = true;
    try {
      while (listener.behind) {
        listener.behind = false;
        const missed = await store.activitiesAfter(id, listener.seq, page);
        if (missed.length > 0) listener.behind = true;
        send(id, listener, missed);
      }
    } catch {
      listener.socket.close();
    } finally {
      listener.catchingUp = false;
    }
  }

  return {
    listen(id, seq, socket) {
      const listener: Listener = { socket, seq, catchingUp: false, behind: false };
      const room = rooms.get(id) ?? new Set();
      rooms.set(id, room.add(listener));
      void catchUp(id, listener);
      return () => {
        room.delete(listener);
        if (room.size === 0 && rooms.get(id) === room) rooms.delete(id);
      };
    },
    publish(id, activities) {
      for (const listener of rooms.get(id) ?? []) {
        const next = activities[0]?.seq === listener.seq + 1 && !listener.catchingUp;
        if (next) send(id, listener, activities);
        else void catchUp(id, listener);
      }
    },
    closeAll() {
      for (const room of rooms.values()) for (const { socket } of room) socket.close();
    },
  };
}

function frame(id: string, stored: readonly StoredActivity[]): string {
  return JSON.stringify(activitySet(id, stored, 0));
}

/** Direct Line's set of activities with the watermark after them; `before` where there are none. */
export function activitySet(id: string, stored: readonly StoredActivity[], before: number): Wire {
  const activities = stored.map((one) => toClient(id, one)).filter((one) => one !== null);
  return { activities, watermark: String(stored.at(-1)?.seq ?? before) };
}
