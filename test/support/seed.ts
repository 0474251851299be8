import fc from 'fast-check';

/** Where all chance of a run of the tests comes from; SEED repeats a run, and `.mocharc.js` gives it where nobody did. */
export const seed = seedFrom(process.env.SEED);
fc.configureGlobal({ seed });

function seedFrom(told = ''): number {
  if (!/^\d{1,10}$/.test(told)) throw new Error(`SEED is a whole number, not "${told}"`);
  return Number(told);
}
