import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import timers from 'node:timers/promises';
import { sql } from 'kysely';
import { createOrigins } from '../../src/http/origins.ts';
import { createServer } from '../../src/http/server.ts';
import { dataFolder, withChild } from '../support/child.ts';
import { call } from '../support/direct-line.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';
import { startTestProduct } from '../support/product.ts';

const ask = (url: string) => async (path: string) => {
  const { status, headers } = await call(url + path, 'GET');
  return { status, again: headers.get('retry-after') };
};
/** Half a request, for whose other half a process that stops waits. */
async function begin(url: string, path: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n`);
  return async () => {
    socket.write('\r\n');
    const answer = await text(socket);
    return {
      status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]),
      again: /^retry-after: (\d+)\r$/im.exec(answer)?.[1] ?? null,
    };
  };
}
const well = { status: 200, again: null };

describe('health', () => {
  it('of a process that starts: it lives, and is not ready yet', async () => {
    const origins = createOrigins({ publicUrl: null, allowedOrigins: [], called: [] });
    const server = createServer({ log: keptLog(), origins });
    const health = ask(`http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`);
    try {
      assert.deepEqual(await health('/health/live'), well);
      for (const path of ['/health', '/health/ready'])
        assert.deepEqual(await health(path), { status: 503, again: '5' });
    } finally {
      await server.stop();
    }
  });

  it('of a process that can store nothing: it lives, and is not ready until it can', async () => {
    const clock = fakeClock();
    const product = await startTestProduct({ clock });
    const health = ask(product.url);
    try {
      for (const path of ['/health', '/health/ready', '/health/live']) assert.deepEqual(await health(path), well);
      await sql.raw('pragma query_only = on').execute(product.db);
      clock.forward(1_000);
      for (const path of ['/health', '/health/ready'])
        assert.deepEqual(await health(path), { status: 503, again: '5' });
      assert.deepEqual(await health('/health/live'), well);
      await sql.raw('pragma query_only = off').execute(product.db);
      assert.deepEqual(await health('/health/ready'), well);
    } finally {
      await product.stop();
    }
  });

  it('of a process whose server says farewell: it lives, and is not ready, for whoever comes, too', async () => {
    const origins = createOrigins({ publicUrl: null, allowedOrigins: [], called: [] });
    const server = createServer({ log: keptLog(), origins });
    const health = ask(`http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`);
    const { setTimeout } = timers;
    // The farewell lasts until the test has asked.
    const asked = Promise.withResolvers<null>();
    timers.setTimeout = () => asked.promise as Promise<never>;
    syncBuiltinESMExports();
    const stopped = server.stop(1);
    timers.setTimeout = setTimeout;
    syncBuiltinESMExports();
    for (const path of ['/health', '/health/ready']) assert.deepEqual(await health(path), { status: 503, again: '5' });
    assert.deepEqual(await health('/health/live'), well);
    asked.resolve(null);
    await stopped;
    await assert.rejects(health('/health/live'));
  });

  it('of a process that stops: it lives to its end, and is not ready any more', async () => {
    const folder = dataFolder();
    await withChild(folder, {}, async (child) => {
      const health = ask(child.url);
      assert.deepEqual(await health('/health/ready'), well);
      const paths = ['/health', '/health/ready', '/health/live'];
      const held = await Promise.all(paths.map((path) => begin(child.url, path)));
      child.signal('SIGTERM');
      while ((await health('/health/ready').catch(() => null))?.status === 200);
      assert.deepEqual(await Promise.all(held.map((finish) => finish())), [
        { status: 503, again: '5' },
        { status: 503, again: '5' },
        well,
      ]);
      assert.equal(await child.ended, 0);
    });
    rmSync(folder, { recursive: true });
  });
});
