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
