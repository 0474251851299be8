import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { programArgs } from '../support/child.ts';
import { storeOver } from '../support/store.ts';
import { customerNamed } from '../support/customers.ts';
import { fakeClock } from '../support/fakes.ts';

const root = join(import.meta.dirname, '../..');
const person = customerNamed('over-limit')?.person ?? assert.fail();

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
/** Runs a program whose reader is gone before it prints. */
async function withoutReader(program: string, args: readonly string[]) {
  const child = spawn(process.execPath, programArgs(program, ...args), {
    ...{ cwd: folder, env: { DATA_DIR: folder }, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  child.stdout.destroy();
  const [complaints, [code]] = await Promise.all([
    text(child.stderr),
    once(child, 'exit') as Promise<[code: number | null]>,
  ]);
  return { complaints, code };
}

describe('a command whose reader has gone', () => {
  after(() => rmSync(folder, { recursive: true }));

  before(async () => {
    const store = await storeOver(openSqlite(folder), fakeClock());
    const subject = { ...person, verifiedBy: 'signed-identity' } as const;
    await store.open({ id: 'talk', channel: 'direct-line', userId: 'dl_1', subject, locale: 'en', shared: false });
    await store.close();
  });

  it('that prints much at once ends without a word', async () => {
    const ended = await withoutReader(join(root, 'src/cli/privacy.ts'), ['export', person.accountId, person.userId]);
    assert.deepEqual(ended, { complaints: '', code: 0 });
  });

  for (const ends of [true, false])
    it(ends ? 'that would read for ever ends, too' : 'that changes something goes on to its end', async () => {
      const file = join(folder, `ends-${ends}.mjs`);
      const last = ends ? 'setInterval(() => undefined, 1_000)' : "setTimeout(() => console.error('done'), 1)";
      const begin = `import { mindClosedPipe } from '${pathToFileURL(join(root, 'src/cli/closed-pipe.ts')).href}'`;
      writeFileSync(file, `${begin}; mindClosedPipe({ ends: ${ends} }); console.log('one'); ${last};`);
      assert.deepEqual(await withoutReader(file, []), { complaints: ends ? '' : 'done\n', code: 0 });
    });

  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const [name, script] of Object.entries(scripts)) {
    const program = /(src\/cli\/[\w-]+\.ts)$/.exec(script)?.[1];
    if (program === undefined) continue;
    it(`is none that \`npm run ${name}\` would not mind`, () => {
      const source = readFileSync(join(root, program), 'utf8');
      assert.match(source, /mindClosedPipe\(\{|runCommand\(/);
    });
  }
});
