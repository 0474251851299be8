import { parseArgs } from 'node:util';
import { mindClosedPipe } from './closed-pipe.ts';

/**
 * Runs a command with its one file and `--force`; what does not work is told in one line, and the exit code is 1. `usage` is
 * told where the arguments are others.
 */
export async function runCommand(
  usage: string,
  args: readonly string[],
  run: (files: readonly string[], force: boolean) => void | Promise<void>,
): Promise<void> {
  mindClosedPipe({ ends: false });
  try {
    const { positionals, values } = readArguments(args);
    const mayForce = usage.includes('--force');
    if (positionals.length !== 1 || (values.force === true && !mayForce)) throw new Error(`usage: ${usage}`);
    await run(positionals, values.force === true);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

function readArguments(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options: { force: { type: 'boolean' } } });
}
