import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { dataFolder, runMain } from '../../support/child.ts';
import { call } from '../../support/direct-line.ts';
import { emulator } from './activities.ts';
import { startTool, until } from './tool.ts';

describe('npm start', () => {
  it('answers the Emulator, and says in one line that it does; of names that it does not read in another one', async () => {
    const folder = dataFolder();
    const tool = await startTool();
    const settings = { LOCAL_CUSTOMER: 'no-seat', CLIENT_ID: 'a', CLIENT_SECRET: 'b', TENANT_ID: 'c' };
    const child = runMain(folder, settings);
    const ended = once(child, 'exit');
    try {
      let told = '';
      child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
      const port = await until(
        () => /^health +http:\/\/localhost:(\d+)\//m.exec(told)?.[1] ?? null,
        () => 'address',
        50,
      );
      const opened = emulator(tool.base).opened();
      assert.equal((await call(`http://localhost:${port}/api/messages`, 'POST', opened)).status, 200);
      await tool.hears(/Hi Iris/);
      const warnings = told.split('\n').filter((line) => line.includes('"level":40'));
      assert.deepEqual(
        warnings.map((line) => /"msg":"(.{20})/.exec(line)?.[1]),
        ['CLIENT_ID, CLIENT_SE', 'POST /api/messages a'],
      );
    } finally {
      child.kill('SIGTERM');
      await ended;
      tool.close();
      rmSync(folder, { recursive: true });
    }
  });
});
