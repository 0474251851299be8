import { once } from 'node:events';
import { createServer } from 'node:net';
import { z } from 'zod';
import { fail, ok, type Check } from '../../domain/check.ts';
import { probe } from '../../http/probe.ts';

const healthy = z.object({ status: z.literal('ok') });

/** Sees whether the port can be had, by having it for a moment; one that Latchkey has already is fine. */
export function checkPort(port: number, host: string): Check {
  const at = `PORT ${port} on ${host}`;
  return {
    name: 'port',
    async run({ fetch }) {
      const why = await whyTaken(port, host);
      if (why === null) return ok(`${at} is free`);
      if (why !== 'EADDRINUSE') return fail(`${at} cannot be used: ${why}`, 'set another PORT or HOST');
      const here = new URL(`http://${['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host}:${port}/health`);
      const isOurs = await probe(fetch, here).then(
        ({ json }) => healthy.safeParse(json).success,
        () => false,
      );
      return isOurs
        ? ok(`Latchkey answers on it already (${at})`)
        : fail(`${at} is taken by something else`, 'end that, or set another PORT');
    },
  };
}

async function whyTaken(port: number, host: string): Promise<string | null> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  } finally {
    server.close();
  }
}
