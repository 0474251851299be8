import { readConfig } from '../config.ts';
import { restore } from '../store/backup.ts';
import { runCommand } from './run-command.ts';

/** `npm run restore -- FILE [--force]`: puts a backup where Latchkey finds it; `--force` replaces what is there. */
runCommand('npm run restore -- FILE [--force]', process.argv.slice(2), ([file = ''], replaced) => {
  const { dataDir } = readConfig(undefined, { starts: false });
  restore(dataDir, file, { replaced, tell: (line) => console.log(line) });
});
