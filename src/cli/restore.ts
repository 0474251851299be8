import { readConfig } from '../config.ts';
import { restore } from '../store/sqlite/backup.ts';
import { restoreShared } from '../store/shared-backup.ts';
import { showProgress } from './progress.ts';
import { runCommand } from './run-command.ts';

/** `npm run restore -- FILE [--force]`: puts a backup where Latchkey finds it; `--force` replaces what is there. */
await runCommand('npm run restore -- FILE [--force]', process.argv.slice(2), async ([file = ''], replaced) => {
  const { dataDir, database } = readConfig(undefined, { starts: false });
  const tell = (line: string) => console.log(line);
  const walked = showProgress({ out: process.stdout, now: () => performance.now() });
  if (database) await restoreShared(database, file, { replaced, tell, walked });
  else restore(dataDir, file, { replaced, tell });
});
