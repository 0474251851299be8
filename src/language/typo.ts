/** True when `word` is `meant` with at most as many slips as a word of its length may have. */
export function isTypoOf(word: string, meant: string): boolean {
  const slips = allowedSlips(meant);
  if (slips === 0 || !word.startsWith(meant.charAt(0)) || Math.abs(word.length - meant.length) > slips) return false;
  return distance(word, meant) <= slips;
}

function allowedSlips(meant: string): number {
  if (meant.length < 5) return 0;
  return meant.length < 8 ? 1 : 2;
}

/** On a keyboard, which letters lie next to each other: only those are taken for one another. */
const NEIGHBOURS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/**
 * Damerau-Levenshtein (optimal string alignment) distance; a letter exchanged for one that is not next to it on the
 * keyboard costs 2, so that "expert" is no "export".
 */
function distance(a: string, b: string): number {
  let [older, old]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      let best = Math.min(cost(old, j) + 1, cost(row, j - 1) + 1, cost(old, j - 1) + exchange(a[i - 1], b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, cost(older, j - 2) + 1);
      row.push(best);
    }
    [older, old] = [old, row];
  }
  return cost(old, b.length);
}

function cost(row: readonly number[], at: number): number {
  return row[at] ?? Infinity;
}

function exchange(a = '', b = ''): number {
  if (a === b) return 0;
  const near = NEIGHBOURS.some(
    (row) => row.includes(a) && row.includes(b) && Math.abs(row.indexOf(a) - row.indexOf(b)) === 1,
  );
  return near ? 1 : 2;
}
