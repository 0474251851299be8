import type { Outcomes } from './compare.ts';
import type { Contestant } from './contestant.ts';
import type { Column, Figure } from './figures.ts';
import { columns, figures } from './figures.ts';
import { LIMIT_MINUTES } from './measure.ts';
import type { Task } from './tasks.ts';

/** What a contestant has at a figure: a number, or why there is none. */
type Cell = number | string;
type CellOf = (contestant: string, key: string) => Cell;

/** The comparison as a Markdown table, a row for each contestant; columns without any figure are left out. */
export function printTable(contestants: readonly Contestant[], tasks: readonly Task[], outcomes: Outcomes): void {
  const cellOf = cellsOf(tasks, outcomes);
  const isFilled = ({ figures: some }: Column) =>
    contestants.some(({ name }) => some.some(({ key }) => cellOf(name, key) !== '-'));
  const filled = columns.filter(isFilled);
  printRow(['', ...filled.map(({ title }) => title)]);
  printRow(['---', ...filled.map(() => '--:')]);
  for (const { name } of contestants) {
    printRow([name, ...filled.map((column) => textOf(column, (key) => cellOf(name, key)))]);
  }
}

/** A line for each figure where a peer is ahead of us. */
export function printLosses(contestants: readonly Contestant[], tasks: readonly Task[], outcomes: Outcomes): void {
  const cellOf = cellsOf(tasks, outcomes);
  const peers = contestants.filter(({ ours }) => !ours);
  const lines = contestants
    .filter(({ ours }) => ours)
    .flatMap(({ name }) => figures.flatMap((figure) => lossOf(name, peers, figure, cellOf)));
  console.log(lines.length > 0 ? lines.join('\n') : 'we lose nowhere');
}

/** Prints a row of a Markdown table. */
export function printRow(cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

function lossOf(ours: string, peers: readonly Contestant[], figure: Figure, cellOf: CellOf): string[] {
  const sign = figure.better === 'more' ? 1 : -1;
  const numberOf = (name: string) => {
    const cell = cellOf(name, figure.key);
    return typeof cell === 'number' ? Number(cell.toFixed(figure.digits)) : NaN;
  };
  const ahead = peers
    .map(({ name }) => ({ name, number: numberOf(name) }))
    .filter(({ number }) => sign * number > sign * numberOf(ours))
    .sort((a, b) => sign * (b.number - a.number))
    .map(({ name, number }) => `${name} ${number.toFixed(figure.digits)}`);
  if (ahead.length === 0) return [];
  return [`we lose: ${figure.name}: ${ahead.join(', ')}, ${ours} ${numberOf(ours).toFixed(figure.digits)}`];
}

function cellsOf(tasks: readonly Task[], outcomes: Outcomes): CellOf {
  const taskOf = new Map(tasks.flatMap(({ name, keys }) => keys.map((key) => [key, name])));
  return (contestant, key) => {
    const outcome = outcomes.get(contestant)?.get(taskOf.get(key) ?? '');
    if (outcome === 'too slow') return `> ${LIMIT_MINUTES} min`;
    if (outcome === 'failed') return 'failed';
    return outcome?.[key] ?? '-';
  };
}

function textOf({ figures: some }: Column, cellOf: (key: string) => Cell): string {
  const texts = some.map(({ key, digits }) => {
    const cell = cellOf(key);
    return typeof cell === 'number' ? cell.toFixed(digits) : cell;
  });
  return new Set(texts).size === 1 && Number.isNaN(Number(texts[0])) ? (texts[0] ?? '') : texts.join(' / ');
}
