import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { noEntities } from '../../src/domain/recognition.ts';
import { dataFolder, programArgs } from '../support/child.ts';
import { runInTurn } from '../support/command.ts';

const root = join(import.meta.dirname, '../..');
const program = join(root, 'src/cli/recognize.ts');

describe('npm run recognize', () => {
  const folder = dataFolder();

  it('prints one JSON object a line', () => {
    const input = 'exprot says forbidden\nthe moon is full tonight\n\n';
    const args = programArgs(program);
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

  it('prints one for a text behind the command', () => {
    // Nothing is read: standard input stays open.
    const printed = execFileSync(process.execPath, programArgs(program, 'exprot says forbidden'), {
      ...{ cwd: root, encoding: 'utf8', stdio: ['inherit', 'pipe', 'inherit'], timeout: 200_000 },
      env: { ...process.env, DATA_DIR: folder },
    });
    assert.deepEqual(meant(printed), ['exprot says forbidden', 'access-denied']);
  });

  it('takes several words behind it for one text, and says with --explain which of them spoke for what', async () => {
    const [words, explained] = await runInTurn(program, folder, [
      { args: ['exprot', 'says', 'forbidden'] },
      { args: ['--explain', 'forbidden export'] },
    ]);
    assert.deepEqual(meant(words?.out ?? ''), ['exprot says forbidden', 'access-denied']);
    const [first = '', ...rest] = (explained?.out ?? '').split('\n');
    assert.match(first, /^[01]\.\d\d {2}access-denied\/[a-z-]+$/);
    assert.match(rest.join('\n'), /^forbidden +\+\d\.\d+ access-denied/m);
  });
});

function meant(printed: string): unknown[] {
  const { text, intent } = JSON.parse(printed) as Record<string, unknown>;
  return [text, intent];
}
