import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Content } from '../domain/content.ts';
import { forgetOlder } from '../domain/kept-files.ts';

/** Content without an error, under which name it is kept, and the file of what is learned from its utterances. */
export interface Checked {
  readonly content: Content;
  readonly name: string;
  readonly model: string;
}

/** Beside the content in use that of the change before it, for whoever takes a change back. */
const KEPT = 2;

/**
 * Keeps content that was checked, whole or not at all. Its utterances, most of its words, lie in a file of their own: only who
 * learns from them reads them.
 */
export function keep(dataDir: string, { name, content, model }: Checked): void {
  const { intents, ...others } = content;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  write(fileOf(dataDir, 'utterances', name), intents);
  write(fileOf(dataDir, 'content', name), { content: others, model: basename(model) });
  for (const files of [/^utterances-\w+\.bin$/, /^content-\w+\.bin$/]) forgetOlder(dataDir, files, KEPT);
}

/** What was kept under this name; null where there is none, or it cannot be read any more. */
export function readKept(dataDir: string, name: string): Checked | null {
  const [file, utterances] = [fileOf(dataDir, 'content', name), fileOf(dataDir, 'utterances', name)];
  if (!existsSync(file) || !existsSync(utterances)) return null;
  try {
    const { content, model } = read(file) as { content: Omit<Content, 'intents'>; model: string };
    return { name, model: join(dataDir, model), content: withUtterances(content, () => read(utterances)) };
  } catch {
    return null;
  }
}

function withUtterances(content: object, intents: () => unknown): Content {
  return Object.defineProperty(content, 'intents', { get: intents, enumerable: true }) as Content;
}

function write(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, serialize(value), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function read(file: string): unknown {
  return deserialize(readFileSync(file));
}

function fileOf(dataDir: string, kind: string, name: string): string {
  return join(dataDir, `${kind}-${name}.bin`);
}
