import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { sha256 } from './cacheable.ts';

const folder = resolve(import.meta.dirname, '../web');
/** The oldest browsers that the syntax of what is served is for; what they lack besides, the code has to do without. */
const target = ['safari16', 'chrome108', 'firefox108'];
/** Each is whole by itself: nothing that customers load is cut to what agents load. */
const modules = ['widget/main.ts', 'widget/main.css', 'console/main.ts', 'console/main.css', 'site.css', 'help.css'];
const demo = ['demo/main.ts', 'demo/main.css'];
/** Runs on pages of others: a plain script that leaves no names there. */
const scripts = ['widget/loader.ts'];

/** A file for browsers, whole and small. */
export interface Bundle {
  readonly text: string;
  /** Of its text, so that another text has another address. */
  readonly hash: string;
}

/** What browsers get, by its name as they know it: `widget/main.js`. Takes some 100 ms, in a process of its own that ends with it. */
export async function bundleWeb(): Promise<ReadonlyMap<string, Bundle>> {
  const { build, stop } = await import('esbuild');
  const common = {
    ...{ absWorkingDir: folder, outdir: folder, outbase: folder, write: false, logLevel: 'silent' },
    ...{ bundle: true, minify: true, target, charset: 'utf8', legalComments: 'none' },
  } as const satisfies BuildOptions;
  const [asModules, asScripts] = await Promise.all([
    build({ ...common, format: 'esm', entryPoints: [...modules, ...demo] }),
    build({ ...common, format: 'iife', entryPoints: scripts, tsconfigRaw: {} }),
  ]);
  await stop();
  const files = [...asModules.outputFiles, ...asScripts.outputFiles];
  return new Map(
    files.map(({ path, text }) => [nameOf(path), { text, hash: sha256(text, 'base64url').slice(0, 10) }] as const),
  );
}

function nameOf(path: string): string {
  return path.slice(folder.length + 1).replaceAll('\\', '/');
}

/** The HTML files that are filled, by their names. */
export function webPages(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.html'));
}
