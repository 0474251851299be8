import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A server in a process of its own, whose CPU can be asked for. */
export interface Child {
  readonly port: number;
  /** CPU used so far, user and system, in milliseconds. */
  cpuMs(): Promise<number>;
  stop(): Promise<void>;
}

export async function startChild(file: string, args: readonly string[] = []): Promise<Child> {
  const execArgv = ['--disable-warning=ExperimentalWarning'];
  const child: ChildProcess = fork(join(import.meta.dirname, file), args, {
    execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return {
    port,
    async cpuMs() {
      child.send('cpu');
      const [used] = (await once(child, 'message')) as [number];
      return used;
    },
    async stop() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** In the child: says where it listens, and answers what it used. */
export function tellParent(port: number): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1000);
  });
  process.send?.(port);
}
