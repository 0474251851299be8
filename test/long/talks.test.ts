import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { env } from 'node:process';
import assert from 'node:assert/strict';

describe('every talk', () => {
  it('is the same over PostgreSQL', async () => {
    const child = spawn('npx', ['mocha', '--reporter', 'dot', 'test/conversations.test.ts'], {
      env: { ...env, TEST_STORE: 'PostgreSQL', TEST_RUN: 'talks' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });
});
