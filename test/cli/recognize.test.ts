import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { noEntities } from '../../src/domain/recognition.ts';
import { dataFolder, programArgs } from '../support/child.ts';

const root = join(import.meta.dirname, '../..');

describe('npm run recognize', () => {
  const folder = dataFolder();

  it('prints one JSON object a line', () => {
    const input = 'exprot says forbidden\nthe moon is full tonight\n\n';
    const args = programArgs('src/cli/recognize.ts');
    const printed = execFileSync(process.execPath, args, {
      cwd: root,
      input,
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: folder },
    });
    const lines = printed
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const members = 'text intent cause confidence certain inScope entities alternatives also language'.split(' ');
    assert.deepEqual(
      lines.map((line) => Object.keys(line)),
      [members, members, members],
    );
    assert.deepEqual(
      lines.map(({ text, intent, certain, inScope }) => [text, intent, certain, inScope]),
      [
        ['exprot says forbidden', 'access-denied', true, true],
        ['the moon is full tonight', null, false, false],
        ['', null, false, false],
      ],
    );
    assert.deepEqual(lines[0]?.entities, {
      ...noEntities,
      feature: 'export',
      features: [{ slug: 'export', polarity: 'blocked' }],
    });
  });

  for (const args of [['exprot says forbidden'], ['exprot', 'says', 'forbidden']])
    it(`prints one for a text behind the command: ${args.length} words`, () => {
      const command = programArgs('src/cli/recognize.ts', ...args);
      // Nothing is read: standard input stays open.
      const printed = execFileSync(process.execPath, command, {
        ...{ cwd: root, encoding: 'utf8', stdio: ['inherit', 'pipe', 'inherit'], timeout: 200_000 },
        env: { ...process.env, DATA_DIR: folder },
      });
      const { text, intent } = JSON.parse(printed) as Record<string, unknown>;
      assert.deepEqual([text, intent], ['exprot says forbidden', 'access-denied']);
    });

  it('says with --explain which words spoke for what', () => {
    const args = programArgs('src/cli/recognize.ts', '--explain', 'forbidden export');
    const env = { ...process.env, DATA_DIR: folder };
    const [first = '', ...rest] = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', env }).split(
      '\n',
    );
    assert.match(first, /^[01]\.\d\d {2}access-denied\/[a-z-]+$/);
    assert.match(rest.join('\n'), /^forbidden +\+\d\.\d+ access-denied/m);
  });
});
