import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepFile } from '../domain/kept-files.ts';
import { parseJson } from '../domain/parse-json.ts';
import type { KeptKeys } from '../domain/ports.ts';

/** The keys that the issuer published last, in a file of the data folder. */
export function keptKeysIn(dataDir: string): KeptKeys {
  const file = join(dataDir, 'identity-keys.json');
  return {
    read() {
      try {
        return parseJson(readFileSync(file, 'utf8'));
      } catch {
        return undefined;
      }
    },
    write(keys) {
      keepFile(file, JSON.stringify(keys));
    },
  };
}
