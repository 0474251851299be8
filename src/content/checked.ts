import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentContract } from '../../dialogs/content-contract.ts';
import type { Content } from '../domain/content.ts';
import { SupportError } from '../domain/errors.ts';
import { checkContent } from '../knowledge/check.ts';
import type { ContentError } from '../knowledge/content-error.ts';
import { fingerprintOf, readLayers } from '../knowledge/layers.ts';
import { loadContent } from '../knowledge/load.ts';
import { keep, readKept } from './kept.ts';

/** The code that reads the words: whatever it judged otherwise before does not count. */
const reader = join(import.meta.dirname, '../knowledge');

/** Content without an error, and under which name it is kept. */
export interface Checked {
  readonly content: Content;
  readonly name: string;
}

/** The content of these folders. Throws `content-invalid` with a line for every error. Judged once, then kept in the data folder. */
export function checkedContent(folders: readonly string[], dataDir: string): Checked {
  const layers = readLayers(folders);
  const name = hash('sha256', `${fingerprintOf(layers)} ${codeFingerprint()}`).slice(0, 16);
  const kept = readKept(dataDir, name);
  if (kept) return { content: kept, name };
  const loaded = loadContent(layers);
  const errors = checkContent(layers, loaded, contentContract);
  if (errors.length > 0) throw new SupportError('content-invalid', { detail: errors.map(inOneLine).join('\n') });
  keep(dataDir, name, loaded.content);
  return { content: loaded.content, name };
}

/** `file:line: what to change`. */
export function inOneLine({ file, line, message }: ContentError): string {
  return `${file}:${line}: ${message}`;
}

function codeFingerprint(): string {
  const files = readdirSync(reader).sort();
  const code = files.map((file) => readFileSync(join(reader, file), 'utf8'));
  return hash('sha256', JSON.stringify([contentContract, code]));
}
