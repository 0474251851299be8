import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runAccountTry } from '../../src/cli/tried-account/run.ts';
import { dataFolder } from '../support/child.ts';
import { countingRandom } from '../support/fakes.ts';

const prose = readFileSync(join(import.meta.dirname, '../../docs/account-api.md'), 'utf8');
const [, code = ''] = /```js\n([^]*?)```/.exec(prose) ?? [];

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

describe('the account API that docs/account-api.md shows', () => {
  const folder = dataFolder();
  let [url, server]: [string, ChildProcess | null] = ['', null];

  before(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const file = join(folder, 'account-api.mjs');
    writeFileSync(file, code);
    server = spawn(process.execPath, [file], { env: { PORT: String(port), ACCOUNT_API_KEY: 'a-key' } });
    for (let tries = 0; tries < 100 && !(await fetch(url).catch(() => null)); tries += 1) await sleep(50);
  });

  after(() => void server?.kill());

  async function tried(args: readonly string[], key = 'a-key') {
    let text = '';
    const exitCode = await runAccountTry(
      args,
      { ACCOUNT_API_URL: url, ACCOUNT_API_KEY: key },
      {
        clock: { now: () => Date.now() },
        random: countingRandom(),
        print: (line) => void (text += `${line}\n`),
        complain: (line) => void (text += `${line}\n`),
      },
    );
    return { exitCode, text };
  }

  for (const [user, feature, leads] of [
    ['usr_7', 'export', 'nothing-blocks'],
    ['usr_7', 'api', 'plan-lacks-feature'],
    ['usr_8', 'export', 'monthly-limit'],
    ['usr_8', 'reports', 'nothing-blocks'],
    ['usr_9', 'export', 'not-identified'],
  ] as const)
    it(`gives ${user} the verdict ${leads} for ${feature}, without a doubt`, async () => {
      const { exitCode, text } = await tried(['acct_42', user, '--feature', feature]);
      assert.equal(exitCode, 0);
      assert.match(text, new RegExp(`^VERDICT {2}${leads}$`, 'm'));
      assert.match(text, /^IGNORED OR DOUBTFUL\n {2}Nothing\.$/m);
    });

  it('refuses another key', async () => {
    const { exitCode, text } = await tried(['acct_42', 'usr_7'], 'another');
    assert.equal(exitCode, 1);
    assert.match(text, /^The account API refused the key \(401\)/m);
  });
});
