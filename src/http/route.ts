import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer.ts';

/** A request with what the router found in its path. */
export interface Call extends IncomingMessage {
  readonly params: Readonly<Record<string, string>>;
  getQuery(): string;
}

/** Answers a call. Throws a `SupportError` where it cannot. */
export type Handler = (request: Call) => Promise<Answer> | Answer;
/** A method and a path with what answers them. */
export type Route = readonly [method: 'get' | 'post', path: string, handler: Handler];

/** An open WebSocket, as those see it who write to it; `buffered` is in bytes. */
export interface Socket {
  send(frame: string): void;
  close(): void;
  readonly buffered: number;
}

/** What is done with an open WebSocket: `receive` gets every text that comes, `leave` is called when it is gone. */
export interface Stream {
  receive(text: string): void;
  leave(): void;
}

/** Opens a stream on a WebSocket; null: it is refused. */
export type OpenStream = (socket: Socket) => Stream | null;

/** A path on which a WebSocket may be opened. */
export interface StreamRoute {
  readonly path: RegExp;
  /** What is done with it; null: it is refused. Throws a `SupportError` where whoever asks may not. */
  open(request: IncomingMessage, url: URL): Promise<OpenStream | null>;
}
