import pino, { type DestinationStream } from 'pino';
import type { Log } from '../domain/ports.ts';
import { workIds } from '../domain/work.ts';

/** Lines of JSON; those of a request or a turn have its ids. To standard output unless told otherwise. */
export function createLog(destination?: DestinationStream): Log {
  return pino({ level: 'info', mixin: workIds }, destination);
}
