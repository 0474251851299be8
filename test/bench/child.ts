import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a server can be asked of itself: the CPU used so far, user and system, in ms; or the bytes it holds after a collection. */
interface Answers {
  readonly cpu: number;
  readonly memory: { readonly resident: number; readonly heap: number };
}

/** A server in a process of its own. */
export interface Child {
  readonly port: number;
  ask<Q extends keyof Answers>(what: Q): Promise<Answers[Q]>;
  stop(): Promise<void>;
}

/** `file`: below this folder. */
export async function startChild(file: string, args: readonly string[] = []): Promise<Child> {
  const execArgv = ['--disable-warning=ExperimentalWarning', '--expose-gc'];
  const child: ChildProcess = fork(join(import.meta.dirname, file), args, {
    execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${file} ended with ${String(code)}`)));
  // It is told where somebody waits for an answer.
  ended.catch(() => undefined);
  const [port] = (await Promise.race([once(child, 'message'), ended])) as [number];
  return {
    port,
    async ask(what) {
      child.send(what);
      const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Answers[typeof what]];
      return answer;
    },
    async stop() {
      child.kill('SIGKILL');
      await ended.catch(() => undefined);
    },
  };
}

const answers: { readonly [Q in keyof Answers]: () => Answers[Q] } = {
  cpu() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
  memory() {
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    return { resident: rss, heap: heapUsed + external };
  },
};

/** In the child: says where it listens, answers what it is asked, and ends with its parent. */
export function tellParent(port: number): void {
  process.on('message', (what: keyof Answers) => void process.send?.(answers[what]()));
  process.on('disconnect', () => process.exit());
  process.send?.(port);
}
