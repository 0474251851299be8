import { Readable } from 'node:stream';
import { errorAnswer, type Answer } from '../../src/http/answer.ts';
import type { Call } from '../../src/http/route.ts';
import { createServer } from '../../src/http/server.ts';
import type { Parts, Product } from '../../src/parts.ts';
import { originsOf } from '../../src/product.ts';
import type { KeptLog } from '../support/fakes.ts';

/** With which the meters of a test's product are read. */
export const metricsKey = 'the key of the meters';

/** A request as its sender makes it. */
export interface Sent {
  readonly body?: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Calls a path of the product as a server does, without one. */
export async function callRoute({ routes }: Pick<Product, 'routes'>, path: string, sent: Sent): Promise<Answer> {
  const handler = routes.find(([, at]) => at === path)?.[2];
  if (!handler) throw new Error(`nothing is at ${path}`);
  const request = Object.assign(Readable.from([Buffer.from(sent.body ?? '')]), { headers: sent.headers });
  try {
    return await handler(request as unknown as Call);
  } catch (error) {
    return errorAnswer(error);
  }
}

/** Why a channel refused what was posted, each as often as it did, as the meters have it. */
export async function refusalsOf(product: Pick<Product, 'routes'>, channel: string): Promise<string[]> {
  const { body } = await callRoute(product, '/metrics', { headers: { authorization: `Bearer ${metricsKey}` } });
  const counted = /^latchkey_refused_total\{channel="([^"]*)",why="([^"]*)"\} (\d+)$/gm;
  return [...String(body).matchAll(counted)].flatMap(([, of, why = '', times]) =>
    of === channel ? Array<string>(Number(times)).fill(why) : [],
  );
}

/** The product behind a real server, on a free port of this machine. */
export async function serve(product: Product, { config, log }: { config: Parts['config']; log: KeptLog }) {
  const server = createServer({ log, origins: originsOf(config) });
  server.serve(product);
  const url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  return { url, stop: () => server.stop() };
}

/**
 * Resolves when all turns are taken and all that can be sent is sent. The product was not started, so that stopping it only
 * waits.
 */
export const quiet = (product: Product): Promise<void> => product.stop();

/** One round of what is due, as after a restart. */
export async function takeUp(product: Product): Promise<void> {
  product.start();
  await product.stop();
}
