import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Contestant } from './contestant.ts';
import type { Figures } from './figures.ts';
import type { Task } from './tasks.ts';

/** What came of a task: its figures, or that it took too long, or went wrong. */
export type Outcome = Figures | 'too slow' | 'failed';

/** How long a peer may take for one task, training and predicting, in minutes; ours are measured to the end. */
export const LIMIT_MINUTES = 4;
const OWN_LIMIT_MINUTES = 20;

/** Runs a task in a fresh process, and ends that process when it takes too long. */
export async function measure(contestant: Contestant, task: Task): Promise<Outcome> {
  const child = fork(join(import.meta.dirname, 'child.ts'), [contestant.name, task.name], {
    cwd: import.meta.dirname,
    execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const said: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const timer = setTimeout(
    () => {
      resolve('too slow');
      child.kill('SIGKILL');
    },
    (contestant.ours ? OWN_LIMIT_MINUTES : LIMIT_MINUTES) * 60_000,
  );
  child.once('message', (figures) => resolve(figures as Figures));
  child.once('close', () => resolve('failed'));
  const outcome = await promise;
  clearTimeout(timer);
  if (outcome === 'failed') process.stderr.write(said.join('').slice(-2000));
  return outcome;
}
