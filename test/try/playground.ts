import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const [name, version] = ['@microsoft/m365agentsplayground', '0.2.28'];
/** Outside of the repository: its licence forbids shipping it. */
const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'latchkey', `playground-${version}`);
const cli = join(folder, 'node_modules', name, 'cli.js');
/** Npm writes it last. */
const installed = join(folder, 'node_modules', '.package-lock.json');

/** Installs the Playground where it is not there yet. */
export async function install(signal: AbortSignal): Promise<void> {
  if (existsSync(installed) && existsSync(cli)) return;
  console.log(
    `installing ${name} ${version} into ${folder}: Microsoft’s pre-release software, licensed for evaluation only, not to be redistributed`,
  );
  mkdirSync(folder, { recursive: true });
  const args = ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--prefix', folder];
  const isWindows = process.platform === 'win32';
  const npm = spawn('npm', [...args, `${name}@${version}`], {
    cwd: folder,
    stdio: 'inherit',
    signal,
    shell: isWindows,
  });
  const [code] = (await once(npm, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`npm ended with ${String(code)}`);
}

/** Starts the Playground on this machine's loopback alone, before the bot at `endpoint`. Gives its origin. */
export async function startPlayground(endpoint: string, signal: AbortSignal): Promise<string> {
  const args = ['--import', new URL('loopback-only.ts', import.meta.url).href, cli, 'start', '--disable-telemetry'];
  const child = spawn(process.execPath, [...args, '-e', endpoint, '-c', 'msteams'], {
    ...{ cwd: folder, signal, killSignal: 'SIGKILL' },
    // Without proxies, and it opens no browser.
    env: { PATH: process.env.PATH, TEAMSAPPTESTER_BROWSER: 'none' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.on('error', (error) => {
    if (!signal.aborted) console.error(error);
  });
  const port = await new Promise<string>((listens, fails) => {
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      const found = /Listening on (\d+)/.exec(told)?.[1];
      if (found !== undefined) listens(found);
    });
    child.on('exit', (code) => fails(new Error(`the Playground ended with ${String(code)}: ${told}`)));
    AbortSignal.timeout(20_000).onabort = () => fails(new Error('the Playground does not listen'));
  });
  const elsewhere = listeningOf(child.pid ?? 0).filter((address) => !address.startsWith('0100007F:'));
  if (elsewhere.length > 0) throw new Error(`the Playground listens on ${elsewhere.join(', ')}`);
  return `http://localhost:${port}`;
}

/** Where a process listens, in the hexadecimal of Linux; elsewhere it cannot be told. */
function listeningOf(pid: number): string[] {
  if (process.platform !== 'linux') return [];
  const open = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`)));
  return ['tcp', 'tcp6']
    .flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && open.has(`socket:[${String(inode)}]`))
    .map(([, address]) => String(address));
}
