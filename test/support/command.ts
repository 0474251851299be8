import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { programArgs } from './child.ts';

/** What is behind a command, and settings that count for it alone. */
export interface Run {
  readonly args: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
}

/** What it printed, and its exit code; null where a signal ended it. */
export interface Ended {
  readonly out: string;
  readonly error: string;
  readonly code: number | null;
}

/** Starts a program of ours in a process of its own, over a data folder and with these settings alone. */
export function startCommand(program: string, folder: string, { args, settings }: Run) {
  const child = spawn(process.execPath, programArgs(program, ...args), {
    cwd: folder,
    env: { DATA_DIR: folder, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit') as Promise<[code: number | null]>;
  const ended = Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { child, ended: ended.then(([out, error, [code]]): Ended => ({ out, error, code })) };
}

/** Runs a program of ours to its end. */
export function runCommand(program: string, folder: string, ...args: readonly string[]): Promise<Ended> {
  return startCommand(program, folder, { args }).ended;
}

/**
 * Runs it several times, one after the other in ONE process, for starting one costs most of what a run does. Not for what is to
 * be seen from outside while it runs.
 */
export async function runInTurn(program: string, folder: string, runs: readonly Run[]): Promise<readonly Ended[]> {
  const inTurn = join(import.meta.dirname, 'in-turn.ts');
  const { out, error, code } = await runCommand(inTurn, folder, program, JSON.stringify(runs));
  assert.deepEqual([error, code], ['', 0]);
  return JSON.parse(out) as Ended[];
}
