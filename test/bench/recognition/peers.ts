import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const load = createRequire(import.meta.url);

/** One of the peers' modules: the caller says which small part of it is used. */
export function loadPeer(module: string): unknown {
  return load(module);
}

/** Installs the peers in this folder, once; throws where that fails. They are no dependencies of the product. */
export function installPeers(): void {
  if (existsSync(join(import.meta.dirname, 'node_modules'))) return;
  process.stderr.write('installing the peers (once) ...\n');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: import.meta.dirname,
    env: environment(),
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
    timeout: 300_000,
  });
  if (status !== 0) throw new Error('the peers cannot be installed here');
}

/** Without what an outer `npm run` says about the folder it runs in. */
function environment(): NodeJS.ProcessEnv {
  const isOuter = (name: string) => /^npm_(config_local_prefix|package_|lifecycle_)/u.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOuter(name)));
}
