import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { heldBytes } from './collect.ts';

// Loaded before main.ts in a process that is measured: on SIGUSR2 it writes what is held.
const file = join(process.env.DATA_DIR ?? '', 'memory.json');

process.on('SIGUSR2', () => {
  void heldBytes().then((held) => {
    writeFileSync(`${file}.new`, String(held));
    renameSync(`${file}.new`, file);
  });
});
