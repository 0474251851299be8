import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newContent } from '../../src/cli/new-content.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/make-it-yours.md'), 'utf8');

/** The company's folder as whoever follows docs/make-it-yours.md gets it: the start, then each snippet in its file. */
export function followTheGuide(folder: string): void {
  newContent(folder, 'Northwind Notes');
  for (const [, file = '', text = ''] of guide.matchAll(/^`northwind\/([^`]+)`\n\n```\w+\n([^]*?)^```$/gm)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/** Every file of a folder with its text. */
export function filesIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
