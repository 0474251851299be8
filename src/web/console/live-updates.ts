import type { ActivitySet } from '../../domain/direct-line.ts';
import type { ConsoleFrame, PresenceJson } from '../../tickets/console-json.ts';
import { backoff } from '../shared/backoff.ts';

interface LiveHandlers {
  /** A ticket changed. */
  readonly changed: (number: string) => void;
  /** Something was said in the watched ticket's conversation. */
  readonly activities: (frame: ActivitySet) => void;
  /** The customer of that conversation came, left or read on. */
  readonly presence: (presence: PresenceJson) => void;
  /** They are writing. */
  readonly typing: () => void;
  readonly online: (again: boolean) => void;
  readonly lost: () => void;
}

/** Keeps the console's stream open over drops, and watches one ticket's conversation. */
export class LiveUpdates {
  readonly #open: () => WebSocket;
  readonly #handlers: LiveHandlers;
  #socket: WebSocket | null = null;
  #watched: string | null = null;
  #watermark = '0';
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(open: () => WebSocket, handlers: LiveHandlers) {
    this.#open = open;
    this.#handlers = handlers;
    addEventListener('online', () => !this.#socket && this.start());
  }

  start(): void {
    clearTimeout(this.#timer);
    const socket = (this.#socket = this.#open());
    socket.onopen = () => {
      const again = this.#tries > 0;
      this.#tries = 0;
      this.#ask();
      this.#handlers.online(again);
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string' && data !== '') this.#take(JSON.parse(data) as ConsoleFrame);
    };
    socket.onclose = () => this.#retry();
  }

  /** Watches a conversation from its beginning, or none. */
  watch(ticket: string | null): void {
    this.#watched = ticket;
    this.#watermark = '0';
    this.#ask();
  }

  /** Shows the customer that the agent writes; the server tells them no more often than it needs. */
  type(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send('{"typing":true}');
  }

  #ask(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const watch = this.#watched;
    this.#socket.send(JSON.stringify(watch === null ? { watch } : { watch, watermark: this.#watermark }));
  }

  #take(frame: ConsoleFrame): void {
    if ('changed' in frame) this.#handlers.changed(frame.changed);
    else if (frame.ticket !== this.#watched) return;
    else if ('presence' in frame) this.#handlers.presence(frame.presence);
    else if ('typing' in frame) this.#handlers.typing();
    else {
      this.#watermark = frame.watermark;
      this.#handlers.activities(frame);
    }
  }

  #retry(): void {
    this.#socket = null;
    this.#handlers.lost();
    this.#timer = setTimeout(() => this.start(), backoff(this.#tries++, 0, Math.random));
  }
}
