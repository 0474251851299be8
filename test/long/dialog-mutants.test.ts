import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mutants } from '../dialogs/mutants.ts';

const root = join(import.meta.dirname, '../..');
const proofs = ['test/conversations.test.ts', 'test/dialogs/walk.test.ts', 'test/tickets/ticket-text.test.ts'];

/** Whether the talks and the walk hold with this change. */
async function holds(mutant: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    MUTANT: JSON.stringify(mutant),
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${join(root, 'test/dialogs/mutate.ts')}`,
  };
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
  try {
    await promisify(execFile)(process.execPath, [mocha, '--bail', ...proofs], { cwd: root, env });
    return 'all tests passed';
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return stdout.includes('1 failing') ? 'killed' : `no test ran: ${stderr.slice(0, 500)}`;
  }
}

describe('the talks and the walk notice when', () => {
  for (const [rule, ...mutant] of mutants)
    it(`this is missing: ${rule}`, async () => {
      assert.equal(await holds(mutant), 'killed');
    });
});
