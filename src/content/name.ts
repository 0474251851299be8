import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentContract } from '../../dialogs/content-contract.ts';
import { fingerprintOf, type Layers } from '../knowledge/layers.ts';
import { fingerprint } from '../language/fingerprint.ts';

/** The code that reads the words: whatever it judged otherwise before does not count. */
const reader = join(import.meta.dirname, '../knowledge');

/** Names what is made of these words by this code. */
export function nameOf(layers: Layers): string {
  const files = readdirSync(reader).sort();
  const code = files.map((file) => readFileSync(join(reader, file), 'utf8'));
  const made = hash('sha256', JSON.stringify([contentContract, code, fingerprint([])]));
  return hash('sha256', `${fingerprintOf(layers)} ${made}`).slice(0, 16);
}
