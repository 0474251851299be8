import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentFolder } from '../../src/config.ts';
import { contentContract } from '../../dialogs/content-contract.ts';
import { checkContent } from '../../src/knowledge/check.ts';
import type { ContentError } from '../../src/knowledge/content-error.ts';
import { readLayers } from '../../src/knowledge/layers.ts';
import { loadContent } from '../../src/knowledge/load.ts';

/** One change to a file of `content/`: other words in place of these, a whole new text, or (null) no file any more. */
export type Change = { readonly file: string; readonly words: string | RegExp; readonly become: string } | NewText;
interface NewText {
  readonly file: string;
  readonly text: string | null;
}

export const edit = (file: string, words: string | RegExp, become: string): Change => ({ file, words, become });
export const write = (file: string, text: string | null): Change => ({ file, text });

/** The real content, with the first utterances of every intent only: these checks need no more. */
export function copyContent(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-content-'));
  cpSync(contentFolder, folder, { recursive: true });
  for (const file of readdirSync(join(folder, 'intents'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.yaml')) continue;
    const path = join(folder, 'intents', file);
    writeFileSync(path, readFileSync(path, 'utf8').split('\n').slice(0, 5).join('\n') + '\n');
  }
  return folder;
}

/** The problems that the content check finds in these folders, ours first; each file named as it stands in its folder. */
export function problemsOf(folders: readonly string[]): ContentError[] {
  const layers = readLayers(folders);
  const named = (text: string) => folders.reduce((all, folder) => all.replace(`${folder}/`, ''), text);
  return checkContent(layers, loadContent(layers), contentContract).map(({ file, line, message }) => {
    return { file: named(file.replace(/^content\//, '')), line, message: named(message) };
  });
}

/** The problems that the content check finds after one change, as `file:line: message`; `lineWith` finds lines then. */
export function problemsAfter(folder: string, change: Change) {
  const path = join(folder, change.file);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  try {
    const text = 'text' in change ? change.text : before?.replace(change.words, () => change.become);
    if (text === before) throw new Error(`${change.file} has no ${String('words' in change && change.words)}`);
    if (text === null || text === undefined) rmSync(path);
    else writeFileSync(path, text);
    const problems = problemsOf([folder]);
    const lines = (text ?? '').split('\n');
    const lineWith = (words: string) => lines.findIndex((line) => line.includes(words)) + 1;
    return { problems, lineWith };
  } finally {
    if (before === undefined) rmSync(path, { force: true });
    else writeFileSync(path, before);
  }
}
