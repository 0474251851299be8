import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
      writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}
