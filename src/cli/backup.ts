import { readConfig } from '../config.ts';
import { backUp } from '../store/backup.ts';
import { runCommand } from './run-command.ts';

/** `npm run backup -- FILE`: copies everything that is stored into one new file, while Latchkey runs or not. */
runCommand('npm run backup -- FILE', process.argv.slice(2), ([file = '']) => {
  const { dataDir } = readConfig(undefined, { starts: false });
  backUp(dataDir, file, (line) => console.log(line));
});
