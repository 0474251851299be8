import { randomInt } from 'node:crypto';
import fc from 'fast-check';

/** Where all chance of a run of the tests comes from; SEED repeats a run. */
export const seed = seedFrom(process.env.SEED);
fc.configureGlobal({ seed });

function seedFrom(told: string | undefined): number {
  if (told === undefined) return randomInt(2 ** 31);
  if (!/^\d{1,10}$/.test(told)) throw new Error(`SEED is a whole number, not "${told}"`);
  return Number(told);
}
