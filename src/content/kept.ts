import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Content } from '../domain/content.ts';
import { forgetOlder } from '../domain/kept-files.ts';

/** Beside the content in use that of the change before it, for whoever takes a change back. */
const KEPT = 2;

/** Keeps content that was checked, whole or not at all. */
export function keep(dataDir: string, name: string, content: Content): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = fileOf(dataDir, name);
  writeFileSync(`${file}.new`, serialize(content), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  forgetOlder(dataDir, /^content-\w+\.bin$/, KEPT);
}

/** What was kept under this name; null where there is none, or it cannot be read any more. */
export function readKept(dataDir: string, name: string): Content | null {
  const file = fileOf(dataDir, name);
  if (!existsSync(file)) return null;
  try {
    return deserialize(readFileSync(file)) as Content;
  } catch {
    return null;
  }
}

function fileOf(dataDir: string, name: string): string {
  return join(dataDir, `content-${name}.bin`);
}
