import { randomUUID } from 'node:crypto';
import { readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a file whole or not at all, its owner's alone; of processes that write it at once each writes a draft of its own. */
export function keepFile(file: string, content: string | Uint8Array): void {
  const draft = `${file}.${randomUUID()}.new`;
  try {
    writeFileSync(draft, content, { mode: 0o600 });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Removes all files of a folder with such a beginning but for the newest, whole or left half written. */
export function forgetOlder(folder: string, named: RegExp, most: number): void {
  const files = readdirSync(folder).filter((file) => named.test(file));
  const timed = files.map((file) => ({
    file,
    at: statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  }));
  for (const { file } of timed.sort((a, b) => b.at - a.at).slice(most)) rmSync(join(folder, file), { force: true });
}
