import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fail, ok, warn, type Check, type CheckResult } from '../../domain/check.ts';

const megabyte = 1_000_000;
/** Megabytes that are free. */
const [tooFew, few] = [100, 1_000];

/** Looks at the folder in which everything is stored, or at where it will be made; it makes nothing. */
export function checkDisk(dataDir: string): Check {
  return { name: 'disk', run: () => Promise.resolve(judge(resolve(dataDir))) };
}

function judge(folder: string): CheckResult {
  const there = nearest(folder);
  const stats = statSync(there);
  if (!stats.isDirectory()) return fail(`${there} is no folder`, 'set DATA_DIR to a folder');
  if (!mayWrite(there))
    return fail(`${there} cannot be written to`, 'give this user the right to, or set another DATA_DIR');
  const { bavail, bsize } = statfsSync(there);
  const free = Math.floor((bavail * bsize) / megabyte);
  if (free < tooFew) return fail(`${free} MB are free in ${there}`, 'make room: nothing can be stored on a full disk');
  if (there === folder && process.getuid && stats.uid !== process.getuid())
    return warn(`${there} belongs to another user`, 'start Latchkey as that one, or change whose it is');
  // Windows has no such bits.
  if (there === folder && process.getuid && (stats.mode & 0o077) !== 0)
    return warn(`others on this machine may look into ${there}`, `chmod 700 ${there}`);
  if (free < few) return warn(`${free} MB are free in ${there}`, 'make room before it is full');
  return ok(there === folder ? `${folder} can be written to, ${free} MB are free` : `${folder} can be made`);
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
