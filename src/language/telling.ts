import type { Rows, Targets } from './training-rows.ts';

/** How far the factors go; at 0 they are all 1. Of a label with few texts nothing is known yet: at so many it is half. */
const REACH = 0.5;
const FEW = 50;
/** As if every column had been in so many more texts, of all labels alike: what is rare tells less. */
const SEEN = 2;
/** The natural logarithm of how much likelier a column is that counts as much as without factors, and of the most. */
const USUAL = 2;
const MOST = 4;

/**
 * How much each column counts for each label, column by column: the more, the likelier (or the less likely) texts of the
 * label have it than others.
 */
export function learnTelling(rows: Rows, targets: Targets, columns: number): Float32Array {
  const { labels, intentOf } = targets;
  const { own, all, sizes } = countTexts(rows, targets, columns);
  const texts = intentOf.length;
  const reaches = sizes.map((size) => (REACH * size) / (size + FEW));
  const shareOf = (count: number, size: number) => count / Math.max(size, 1) + SEEN / texts;
  return new Float32Array(columns * labels).map((_, at) => {
    const [label, count] = [at % labels, own[at] ?? 0];
    const others = (all[Math.floor(at / labels)] ?? 0) - count;
    const [size, reach] = [sizes[label] ?? 0, reaches[label] ?? 0];
    const told = Math.abs(Math.log(shareOf(count, size) / shareOf(others, texts - size)));
    return 1 - reach + (reach * Math.min(told, MOST)) / USUAL;
  });
}

interface Counts {
  /** In how many texts of each label a column is, column by column. */
  readonly own: Float32Array;
  readonly all: Float32Array;
  /** How many texts a label has. */
  readonly sizes: Float32Array;
}

function countTexts({ starts, columns: entries }: Rows, targets: Targets, columns: number): Counts {
  const { labels, intentOf, kindOf } = targets;
  const [own, all] = [new Float32Array(columns * labels), new Float32Array(columns)];
  const sizes = new Float32Array(labels);
  const increase = (counts: Float32Array, at: number) => (counts[at] = (counts[at] ?? 0) + 1);
  for (const row of intentOf.keys()) {
    const ours = [intentOf[row] ?? -1, kindOf[row] ?? -1].filter((label) => label >= 0);
    for (const label of ours) increase(sizes, label);
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1) {
      const column = entries[at] ?? 0;
      increase(all, column);
      for (const label of ours) increase(own, column * labels + label);
    }
  }
  return { own, all, sizes };
}
