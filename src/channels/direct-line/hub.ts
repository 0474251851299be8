import { codeOf } from '../../domain/errors.ts';
import type { ActivitySet } from '../../domain/direct-line.ts';
import type { Events } from '../../domain/events.ts';
import type { Conversations, StoredActivity } from '../../domain/ports.ts';
import type { Socket } from '../../http/route.ts';
import { activitySet } from './activity.ts';

/** Sends stored activities to the streams of their conversation: each one once, in order. */
export interface Hub {
  /** Sends everything after `seq`, then what comes. Call the result when the socket is gone. */
  listen(conversationId: string, seq: number, socket: Socket, shown?: Shown): () => void;
  /** Sends what other processes stored meanwhile, and closes the sockets of conversations that are not there any more. */
  look(): Promise<void>;
}

/** What a client is shown. */
export interface Shown {
  /** It draws thumbs below an answer by itself. */
  readonly thumbs: boolean;
  /** Adds to what all clients are sent; missing: nothing. */
  readonly complete?:
    ((id: string, stored: readonly StoredActivity[], set: ActivitySet) => Promise<ActivitySet>) | undefined;
}

interface Listener {
  readonly socket: Socket;
  readonly shown: Shown;
  /** When all is sent that takes its time. */
  sending: Promise<void>;
  /** The last activity that was sent. */
  seq: number;
  catchingUp: boolean;
  /** Something was published since the last look at the store. */
  behind: boolean;
}

const page = 200;
const lookedAtOnce = 500;
/** A reader that is slower than this is cut off; it resumes by its watermark. Bytes. */
const mostBuffered = 1_048_576;

/** A hub over the stored activities: a socket first gets what it missed, then what is new. */
export function createHub(store: Pick<Conversations, 'activitiesAfter' | 'lastSeqs'>, events: Events): Hub {
  const rooms = new Map<string, Set<Listener>>();

  function send(id: string, listener: Listener, activities: readonly StoredActivity[]): void {
    const last = activities.at(-1);
    if (!last) return;
    listener.seq = last.seq;
    transmit(id, listener, activities);
    if (listener.socket.buffered > mostBuffered) listener.socket.close();
  }

  function transmit(id: string, listener: Listener, stored: readonly StoredActivity[]): void {
    const { socket, shown } = listener;
    const { complete } = shown;
    const set = activitySet(id, stored, { before: 0, thumbs: shown.thumbs });
    if (!complete) {
      socket.send(JSON.stringify(set));
      return;
    }
    listener.sending = listener.sending
      .then(async () => socket.send(JSON.stringify(await complete(id, stored, set))))
      // It resumes by its watermark.
      .catch(() => socket.close());
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
    } catch (error) {
      // What is stored meanwhile is sent when the store can be read again.
      if (codeOf(error) !== 'store-unavailable') listener.socket.close();
    } finally {
      listener.catchingUp = false;
    }
  }

  events.on('activities-stored', (id, activities) => {
    for (const listener of rooms.get(id) ?? []) {
      const next = activities[0]?.seq === listener.seq + 1 && !listener.catchingUp;
      if (next) send(id, listener, activities);
      else void catchUp(id, listener);
    }
  });

  function drop(id: string): void {
    for (const { socket } of rooms.get(id) ?? []) socket.close();
  }

  function catchUpAll(id: string): void {
    for (const listener of rooms.get(id) ?? []) void catchUp(id, listener);
  }
  events.on('stored-elsewhere', catchUpAll);
  events.on('person-typing', (id) => {
    for (const { socket, seq } of rooms.get(id) ?? []) socket.send(typingFrame(id, seq));
  });

  async function look(): Promise<void> {
    const ids = [...rooms.keys()];
    for (let first = 0; first < ids.length; first += lookedAtOnce) {
      const some = ids.slice(first, first + lookedAtOnce);
      const stored = await store.lastSeqs(some);
      for (const id of some) {
        const last = stored.get(id);
        if (last === undefined) drop(id);
        else if ([...(rooms.get(id) ?? [])].some(({ seq }) => seq < last)) catchUpAll(id);
      }
    }
  }
  // A socket that is not closed now gets nothing any more; its token is gone, too.
  events.on('conversations-gone', (ids) => ids.forEach(drop));

  return {
    look,
    listen(id, seq, socket, shown = { thumbs: false }) {
      const listener: Listener = { socket, shown, sending: Promise.resolve(), seq, catchingUp: false, behind: false };
      const room = rooms.get(id) ?? new Set();
      rooms.set(id, room.add(listener));
      void catchUp(id, listener);
      return () => {
        room.delete(listener);
        if (room.size === 0 && rooms.get(id) === room) rooms.delete(id);
      };
    },
  };
}

/** Not stored, and behind no watermark of its own. */
function typingFrame(id: string, seq: number): string {
  const activity = {
    type: 'typing',
    from: { id: 'person', role: 'bot' },
    channelId: 'directline',
    conversation: { id },
  };
  return JSON.stringify({ activities: [activity], watermark: String(seq) } satisfies ActivitySet);
}
