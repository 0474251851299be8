import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { contentFolder } from '../../src/config.ts';
import { keep } from '../../src/content/kept.ts';
import { nameOf } from '../../src/content/name.ts';
import { readLayers } from '../../src/knowledge/layers.ts';
import { modelFile, saveModel } from '../../src/language/model-file.ts';
import { content, trainedModel } from './fakes.ts';

const source = resolve(import.meta.dirname, '../../src');

/** A new data folder in which the words are kept and learned already, as after a first start. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const model = modelFile(content.intents, folder);
  saveModel(model, trainedModel());
  keep(folder, { name: nameOf(readLayers([contentFolder])), content, model });
  return folder;
}

export type Child = Awaited<ReturnType<typeof startChild>>;

/** Node’s arguments for a program of ours, with what stands before it and behind: what was compiled once is not compiled again. */
export function programArgs(...command: readonly string[]): string[] {
  const { href } = pathToFileURL(join(source, 'cli/compile-cache.js'));
  return ['--disable-warning=ExperimentalWarning', '--import', href, ...command];
}

/** As `npm start` in a process of its own, with these settings and no others, and these options of Node before it. It reads no `.env`: there is none in `folder`. */
export function runMain(folder: string, settings: Readonly<Record<string, string>>, before: readonly string[] = []) {
  return spawn(process.execPath, programArgs(...before, join(source, 'main.ts')), {
    cwd: folder,
    env: { PORT: '0', DATA_DIR: folder, DEMO: '1', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The real product in a process of its own, as soon as it listens. */
export async function startChild(folder: string, settings: Readonly<Record<string, string>> = {}) {
  const child = runMain(folder, settings);
  const ended = once(child, 'exit') as Promise<[code: number | null, signal: string | null]>;
  const complaints = text(child.stderr);
  const url = await new Promise<string>((listens, fails) => {
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      const found = /^health +http:\/\/localhost:(\d+)\//m.exec(told)?.[1];
      if (found !== undefined) listens(`http://127.0.0.1:${found}`);
    });
    void ended.then(async ([code]) => fails(new Error(`ended with ${String(code)}: ${await complaints}`)));
  });
  return {
    url,
    pid: child.pid,
    /** The exit code; null where a signal ended it. */
    ended: ended.then(([code]) => code),
    signal: (signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL') => child.kill(signal),
  };
}

/** `run` with a product in a process of its own, which is not left behind. */
export async function withChild(
  folder: string,
  settings: Readonly<Record<string, string>>,
  run: (child: Child) => Promise<void>,
) {
  const child = await startChild(folder, settings);
  try {
    await run(child);
  } finally {
    child.signal('SIGKILL');
    await child.ended;
  }
}
