import type { Side } from '../measure.ts';
import { startEcho } from './echo.ts';
import { startLatchkey } from './latchkey.ts';

/** A bot in a process of its own, on this machine. */
export interface Contestant extends Side {
  stop(): Promise<void>;
}

/** Who is compared, each with the first. Another store of Latchkey's is one more line. */
export const contestants: readonly (() => Promise<Contestant>)[] = [
  () => startEcho('EchoBot', 'contestants/echo-server.ts'),
  () => startEcho('Agents SDK echo', 'contestants/agents-server.ts'),
  () => startLatchkey(),
];
