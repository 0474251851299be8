import { readConfig } from '../config.ts';
import { backUp } from '../store/sqlite/backup.ts';
import { backUpShared } from '../store/shared-backup.ts';
import { showProgress } from './progress.ts';
import { runCommand } from './run-command.ts';

/** `npm run backup -- FILE`: copies everything that is stored into one new file, while Latchkey runs or not. */
await runCommand('npm run backup -- FILE', process.argv.slice(2), async ([file = '']) => {
  const { dataDir, database } = readConfig(undefined, { starts: false });
  const tell = (line: string) => console.log(line);
  const walked = showProgress({ out: process.stdout, now: () => performance.now() });
  if (database) await backUpShared(database, file, { tell, walked });
  else backUp(dataDir, file, tell);
});
