import { backoff } from '../widget/backoff.ts';
import type { Frame } from '../widget/wire.ts';

interface Told {
  /** A ticket changed. */
  readonly changed: (number: string) => void;
  /** Something was said in the watched ticket's conversation. */
  readonly said: (frame: Frame) => void;
  readonly online: (again: boolean) => void;
  readonly lost: () => void;
}

type Message = Frame & { readonly changed?: string; readonly ticket?: string };

/** Keeps the console's stream open over drops, and watches one ticket's conversation. */
export class Live {
  readonly #open: () => WebSocket;
  readonly #told: Told;
  #socket: WebSocket | null = null;
  #watched: string | null = null;
  #watermark = '0';
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(open: () => WebSocket, told: Told) {
    this.#open = open;
    this.#told = told;
    addEventListener('online', () => !this.#socket && this.start());
  }

  start(): void {
    clearTimeout(this.#timer);
    const socket = (this.#socket = this.#open());
    socket.onopen = () => {
      const again = this.#tries > 0;
      this.#tries = 0;
      this.#ask();
      this.#told.online(again);
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string' && data !== '') this.#take(JSON.parse(data) as Message);
    };
    socket.onclose = () => this.#retry();
  }

  /** Watches a conversation from its beginning, or none. */
  watch(ticket: string | null): void {
    this.#watched = ticket;
    this.#watermark = '0';
    this.#ask();
  }

  #ask(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const watch = this.#watched;
    this.#socket.send(JSON.stringify(watch === null ? { watch } : { watch, watermark: this.#watermark }));
  }

  #take(message: Message): void {
    if (message.changed !== undefined) this.#told.changed(message.changed);
    if (message.ticket === undefined || message.ticket !== this.#watched) return;
    this.#watermark = message.watermark ?? this.#watermark;
    this.#told.said(message);
  }

  #retry(): void {
    this.#socket = null;
    this.#told.lost();
    this.#timer = setTimeout(() => this.start(), backoff(this.#tries++, 0, Math.random));
  }
}
