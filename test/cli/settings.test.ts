import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { dataFolder, programArgs } from '../support/child.ts';
import { root } from '../support/sources.ts';

describe('a setting that is not as it should be', () => {
  const folder = dataFolder();
  const nowhere = join(folder, 'nowhere');
  const told = `CONTENT_DIR is not valid: it should be a folder that is there, and ${nowhere} is none\n`;
  const commands: readonly (readonly [string, ...string[]])[] = [
    ['check-content'],
    ['check-content', nowhere],
    ['recognize', 'export says forbidden'],
    ['slack-manifest'],
    ['account-try', 'over-limit'],
    ['backup', join(folder, 'copy.db')],
  ];
  for (const [command, ...args] of commands)
    it(`is told in one line, with where it was looked for: ${command} with ${args.length}`, () => {
      const script = programArgs(join(root, `src/cli/${command}.ts`), ...args);
      const env = { PATH: process.env.PATH, DATA_DIR: folder, CONTENT_DIR: nowhere };
      const { status, stdout, stderr } = spawnSync(process.execPath, script, { cwd: folder, encoding: 'utf8', env });
      assert.deepEqual([status, stdout, stderr], [1, '', told]);
    });
});
