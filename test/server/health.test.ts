import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
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

  it('of a process that stops: it lives to its end, and is not ready any more', async () => {
    const folder = dataFolder();
    await withChild(folder, {}, async (child) => {
      const health = ask(child.url);
      assert.deepEqual(await health('/health/ready'), well);
      child.signal('SIGTERM');
      const seen = new Set<string>();
      const paths = ['/health', '/health/ready', '/health/live'];
      for (let [asked, refused] = [0, 0]; refused < paths.length; asked += 1) {
        const path = paths[asked % paths.length] ?? '';
        const answer = await health(path).catch(() => null);
        if (answer) seen.add(`${path} ${answer.status} ${String(answer.again)}`);
        else refused += 1;
      }
      assert.ok(seen.has('/health 503 5') && seen.has('/health/ready 503 5'), [...seen].join());
      assert.deepEqual(
        [...seen].filter((one) => one.startsWith('/health/live')),
        ['/health/live 200 null'],
      );
    });
    rmSync(folder, { recursive: true });
  });
});
