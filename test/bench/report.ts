import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

/** A table, its first row the head. Columns of figures are set to the right. */
export type Table = readonly (readonly string[])[];

const page = join(import.meta.dirname, '../../docs/benchmarks.md');

/** As Markdown that can be read in a terminal too. */
export function asMarkdown([head = [], ...rows]: Table): string {
  const isFigure = head.map((_, i) => rows.every((row) => /^[\d.,]|^–$|^$/.test(row[i] ?? '')));
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, i) => (isFigure[i] ? (row[i] ?? '').padStart(width) : (row[i] ?? '').padEnd(width))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (isFigure[i] ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** The median of what the rounds found, with the lowest and the highest. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
  return { median: median ?? NaN, low: sorted[0] ?? NaN, high: sorted.at(-1) ?? NaN };
}

/** Head of the tables whose rows are `judged`. */
export const judgedHead = ['what', 'found', 'spread', 'goal', ''] as const;

/** A figure beside the most that it may be; null: there is no goal. */
export function judged(what: string, values: readonly number[], goal: number | null, unit = '×'): string[] {
  const { median, low, high } = spreadOf(values);
  const spread = values.length > 1 ? `${inUnit(low)} – ${inUnit(high)}` : '';
  const verdict = median <= (goal ?? NaN) ? 'met' : 'missed';
  return [
    what,
    `${inUnit(median)} ${unit}`,
    spread,
    goal === null ? '' : `≤ ${goal} ${unit}`,
    goal === null ? '' : verdict,
  ];
}

function inUnit(value: number): string {
  if (value >= 100) return value.toLocaleString('en', { maximumFractionDigits: 0 });
  return value.toFixed(2);
}

/** Where and when it was measured. */
export function machine(): string {
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const date = new Date().toISOString().slice(0, 10);
  const load = loadavg()[0]?.toFixed(1);
  return `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${memory} GB; Node.js ${process.version}; ${date}; load of the machine when it began: ${load}`;
}

/** Puts what was measured in its place in docs/benchmarks.md. */
export function writeDown(part: string, text: string): void {
  const before = readFileSync(page, 'utf8');
  const place = new RegExp(`(<!-- ${part} -->\n)[^]*?(\n<!-- /${part} -->)`);
  if (!place.test(before)) throw new Error(`docs/benchmarks.md has no place for ${part}`);
  writeFileSync(
    page,
    before.replace(place, (_, from: string, to: string) => `${from}\n${text}\n${to}`),
  );
}
