import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();
process.on('exit', () => made.forEach(remove));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** A folder that is gone when this process ends, however it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  made.add(folder);
  return folder;
}

/** Before the process ends: some are large. */
export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  made.delete(folder);
}
