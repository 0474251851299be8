import type { Side } from '../measure.ts';
import { startEcho } from './echo.ts';
import { startLatchkey } from './latchkey.ts';
import { startDurablePostgres } from './postgres.ts';

/** A bot in a process of its own, on this machine. */
export interface Contestant extends Side {
  stop(): Promise<void>;
}

/** Who is compared, each with the first. */
export const contestants: readonly (() => Promise<Contestant>)[] = [
  () => startEcho('EchoBot', 'contestants/echo-server.ts'),
  () => startEcho('Agents SDK echo', 'contestants/agents-server.ts'),
  () => startLatchkey(),
  startLatchkeyOnPostgres,
];

async function startLatchkeyOnPostgres(): Promise<Contestant> {
  const postgres = await startDurablePostgres();
  const latchkey = await startLatchkey({ name: 'Latchkey on PostgreSQL', databaseUrl: postgres.url });
  return {
    ...latchkey,
    async stop() {
      await latchkey.stop();
      await postgres.stop();
    },
  };
}
