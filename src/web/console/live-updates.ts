import type { ConsoleFrame, TalkFrame } from '../../tickets/console-json.ts';
import { backoff } from '../shared/backoff.ts';

interface LiveHandlers {
  /** A ticket changed. */
  readonly changed: (number: string) => void;
  /** Something was said or done in a conversation of the watched ticket. */
  readonly talk: (frame: TalkFrame) => void;
  readonly online: (again: boolean) => void;
  readonly lost: () => void;
}

/** Keeps the console's stream open over drops, and watches one ticket's conversations. */
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

  /** Watches a ticket's conversations from their beginning, or none. */
  watch(ticket: string | null): void {
    this.#watched = ticket;
    this.#watermark = '0';
    this.#ask();
  }

  /** Another ticket goes on in the watched one, or does no longer. */
  watchAnew(): void {
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
    else {
      if ('watermark' in frame && frame.of === undefined) this.#watermark = frame.watermark;
      this.#handlers.talk(frame);
    }
  }

  #retry(): void {
    this.#socket = null;
    this.#handlers.lost();
    this.#timer = setTimeout(() => this.start(), backoff(this.#tries++, 0, Math.random));
  }
}
