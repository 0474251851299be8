import { contentContract } from '../../dialogs/content-contract.ts';
import { SupportError } from '../domain/errors.ts';
import { checkContent } from '../knowledge/check.ts';
import type { ContentError } from '../knowledge/content-error.ts';
import { readLayers } from '../knowledge/layers.ts';
import { loadContent } from '../knowledge/load.ts';
import { modelFile } from '../language/model-file.ts';
import { keep, readKept, type Checked } from './kept.ts';
import { nameOf } from './name.ts';

/** The content of these folders. Throws `content-invalid` with a line for every error. Judged once, then kept in the data folder. */
export async function checkedContent(folders: readonly string[], dataDir: string): Promise<Checked> {
  const layers = readLayers(folders);
  const name = nameOf(layers);
  const kept = await readKept(dataDir, name);
  if (kept) return kept;
  const loaded = loadContent(layers);
  const errors = checkContent(layers, loaded, contentContract);
  if (errors.length > 0) throw new SupportError('content-invalid', { detail: errors.map(inOneLine).join('\n') });
  const { content } = loaded;
  const checked = { name, content, model: modelFile(content.intents, dataDir) };
  keep(dataDir, checked);
  return checked;
}

/** `file:line: what to change`. */
export function inOneLine({ file, line, message }: ContentError): string {
  return `${file}:${line}: ${message}`;
}
