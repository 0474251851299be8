import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { dataFolder, runMain, withChild } from '../support/child.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver } from '../support/store.ts';

const root = join(import.meta.dirname, '../..');

const started: ChildProcess[] = [];

/** What a start that fails says, and its exit code. */
async function failed(folder: string, settings: Readonly<Record<string, string>> = {}) {
  const child = runMain(folder, settings);
  started.push(child);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const [[code], told] = await Promise.all([ended, text(child.stderr)]);
  return { code, told };
}

async function told(child: ChildProcess, words: RegExp): Promise<void> {
  let all = '';
  for await (const chunk of child.stdout ?? []) {
    all += String(chunk);
    if (words.test(all)) return;
  }
  assert.fail(all);
}

describe('a start', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => (folder = dataFolder()));
  afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));
  afterEach(() => rmSync(folder, { recursive: true }));

  const wrong: readonly (readonly [string, (folder: string) => unknown, RegExp])[] = [
    [
      'with a folder as database',
      (at) => mkdirSync(join(at, 'latchkey.db')),
      /^DATA_DIR \(\/.+\) cannot be used: it cannot be opened\n$/,
    ],
    [
      'with a database that is none',
      (at) => writeFileSync(join(at, 'latchkey.db'), 'x'.repeat(100_000)),
      /^DATA_DIR \(\/.+\) cannot be used: its database is damaged/,
    ],
    [
      'with a database that was damaged',
      async (at) => {
        await (await storeOver(openSqlite(at), fakeClock())).close();
        writeFileSync(join(at, 'latchkey.db'), 'x'.repeat(4_000), { flag: 'r+' });
      },
      /^DATA_DIR \(\/.+\) cannot be used: its database is damaged/,
    ],
  ];
  for (const [name, prepare, sentence] of wrong)
    it(`${name} ends with 1 and one sentence`, async () => {
      await prepare(folder);
      const end = await failed(folder);
      assert.match(end.told, sentence);
      assert.deepEqual([end.code, end.told.split('\n').length], [1, 2], end.told);
    });

  it('with a file as data folder ends with 1 and one sentence', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const place of [file, join(file, 'below')]) {
      const end = await failed(folder, { DATA_DIR: place });
      assert.match(end.told, /^DATA_DIR \(\/.+\) cannot be used: .+\n$/);
      assert.deepEqual([end.code, end.told.split('\n').length], [1, 2], end.told);
    }
  });

  it('on a port that is in use ends with 1 and one sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const end = await failed(folder, { PORT: String(port) });
    other.close();
    assert.deepEqual(end, { code: 1, told: `PORT ${port} on 127.0.0.1 cannot be used: set another one\n` });
  });

  it('in a data folder that another process has names that process, ends with 1, and harms nobody', () =>
    withChild(folder, {}, async (first) => {
      const end = await failed(folder);
      const holder = `process ${first.pid} on ${hostname()} has it already`;
      assert.deepEqual(end, { code: 1, told: `DATA_DIR (${folder}) cannot be used: ${holder}\n` });
      assert.equal((await fetch(`${first.url}/health`)).status, 200);
    }));

  it('by npm start ends cleanly when npm is told to stop', async () => {
    const child = spawn('npm', ['start'], {
      cwd: root,
      env: { ...process.env, PORT: '0', DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit') as Promise<[number | null]>;
    await told(child, /^health /m);
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
  });
});
