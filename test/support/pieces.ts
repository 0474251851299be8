import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './sources.ts';

/** One test for each piece that a recipe of CONTRIBUTING.md asks for: a file with words that must stand in it. */
export function hasPieces(whose: string, pieces: Readonly<Record<string, string>>): void {
  for (const [file, words] of Object.entries(pieces))
    it(`is in ${file}: ${whose}`, () => {
      assert.ok(textOf(file).includes(words), `write “${words}” in ${file}`);
    });
}

/** As one line; empty: there is no such file. */
function textOf(file: string): string {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll(/\s+/g, ' ').replaceAll('( ', '(') : '';
}
