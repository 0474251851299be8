import { existsSync } from 'node:fs';
import { SupportError } from '../domain/errors.ts';
import { readLayers } from '../knowledge/layers.ts';
import { readKept, type Checked } from './kept.ts';
import { nameOf } from './name.ts';
import { prepare, type Preparing } from './prepare.ts';

/** Words to begin with. */
export interface Ready extends Checked {
  /** When `model` is there. Rejects where it cannot be kept. */
  readonly learned: Promise<void>;
}

/**
 * The words at a start: those that were kept, or else read and checked in a thread, which then goes on to learn from them. Throws
 * `content-invalid` with a line for every error.
 */
export async function readyContent({ folders, dataDir }: Preparing): Promise<Ready> {
  const kept = await readKept(dataDir, nameOf(readLayers(folders)));
  if (kept && existsSync(kept.model)) return { ...kept, learned: Promise.resolve() };
  const { checked, learned } = prepare({ folders, dataDir });
  const prepared = await checked;
  if ('errors' in prepared) throw new SupportError('content-invalid', { detail: prepared.errors });
  return { ...(await readPrepared(dataDir, prepared.name)), learned };
}

/** What a thread has just kept. Throws `content-invalid` where it is gone. */
export async function readPrepared(dataDir: string, name: string): Promise<Checked> {
  const content = await readKept(dataDir, name);
  if (!content) throw new SupportError('content-invalid', { detail: 'what was prepared is gone' });
  return content;
}
