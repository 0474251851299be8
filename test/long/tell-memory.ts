import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Loaded before main.ts in a process that is measured: on SIGUSR2 it collects what nobody holds, and writes what is left.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const file = join(process.env.DATA_DIR ?? '', 'memory.json');

process.on('SIGUSR2', () => {
  collect();
  // What was held by a finalizer goes with the second one.
  setImmediate(() => {
    collect();
    writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()));
    renameSync(`${file}.new`, file);
  });
});
