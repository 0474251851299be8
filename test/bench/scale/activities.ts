import { statSync } from 'node:fs';
import { databaseIn } from '../../../src/store/sqlite/index.ts';
import { startLatchkey } from '../contestants/latchkey.ts';
import { mixed } from '../scripts.ts';
import { withActivities } from './filled.ts';
import { pair } from './pair.ts';

const many = 10_000_000;

/** A store of years beside an empty one. */
export async function activities(rounds: number): Promise<string[][]> {
  const begun = performance.now();
  const folder = await withActivities(many);
  const seconds = (performance.now() - begun) / 1_000;
  const gigabytes = statSync(databaseIn(folder)).size / 1e9;
  console.error(`${many} activities: ${gigabytes.toFixed(1)} GB, filled in ${seconds.toFixed(0)} s`);
  const empty = await startLatchkey();
  const full = await startLatchkey({ folder });
  try {
    return await pair('a turn in a store of 10 million activities to an empty one', [empty, full], mixed, rounds);
  } finally {
    await empty.stop();
    await full.stop();
  }
}
