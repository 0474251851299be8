import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SupportError } from '../../domain/errors.ts';
import { isBusy } from './why-unusable.ts';

/**
 * Holds a data folder for this process, until the result is called or the process ends, however it does. Throws
 * `config-invalid` that names who holds it.
 */
export function lockDataFolder(folder: string): () => void {
  const owner = join(folder, 'latchkey.owner');
  // A lock of the system's: a file that merely stands there would outlive a process that was killed.
  const lock = new DatabaseSync(join(folder, 'latchkey.lock'));
  try {
    lock.exec('pragma busy_timeout = 0; begin exclusive');
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw cause;
    throw new SupportError('config-invalid', { cause, detail: `${holderIn(owner)} has it already` });
  }
  writeFileSync(owner, `process ${process.pid} on ${hostname()}`, { mode: 0o600 });
  return () => lock.close();
}

function holderIn(owner: string): string {
  try {
    return readFileSync(owner, 'utf8');
  } catch {
    return 'another process';
  }
}
