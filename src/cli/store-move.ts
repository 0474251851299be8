import { parseArgs } from 'node:util';
import { postgresAddress, readConfig } from '../config.ts';
import { moveToPostgres } from '../store/move.ts';
import { mindClosedPipe } from './closed-pipe.ts';
import { showProgress } from './progress.ts';

const usage =
  'usage: npm run store:move -- --to postgres://user:password@host:5432/latchkey, or without --to where DATABASE_URL has the address';

/**
 * `npm run store:move`: moves what is in DATA_DIR to an empty PostgreSQL, that of DATABASE_URL or, with `-- --to ADDRESS`,
 * another. Ended in the middle, the same command goes on.
 */
mindClosedPipe({ ends: false });
try {
  const to = toIn(process.argv.slice(2));
  const { dataDir, database } = readConfig(undefined, { starts: false });
  const url = to ?? database?.url;
  if (url === undefined) throw new Error(usage);
  const tell = showProgress({ out: process.stdout, now: () => performance.now() });
  const rows = await moveToPostgres(dataDir, { url, connections: 1 }, tell);
  console.log(`moved ${rows.toLocaleString('en')} rows, and each was compared`);
  console.log(
    `now set DATABASE_URL to that address and start Latchkey; ${dataDir} is as it was: keep it until all is well`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** The address on the command line; undefined: none is there. */
function toIn(args: readonly string[]): string | undefined {
  try {
    const { to } = parseArgs({ args: [...args], options: { to: { type: 'string' } } }).values;
    if (to === undefined) return undefined;
    const url = postgresAddress(to);
    if (url !== null) return url;
  } catch (cause) {
    throw new Error(usage, { cause });
  }
  throw new Error(usage);
}
