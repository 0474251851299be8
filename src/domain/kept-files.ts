import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Removes all files of a folder with such a name but for the newest. */
export function forgetOlder(folder: string, named: RegExp, most: number): void {
  const files = readdirSync(folder).filter((file) => named.test(file));
  const timed = files.map((file) => ({ file, at: statSync(join(folder, file)).mtimeMs }));
  for (const { file } of timed.sort((a, b) => b.at - a.at).slice(most)) rmSync(join(folder, file), { force: true });
}
