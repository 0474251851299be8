import type { Counts, ReasonCount } from '../domain/figures.ts';
import { shareOf, type Share } from './share.ts';
import { sum } from './sums.ts';

/** Why an answer did not help, and how often. */
export interface ReasonRow {
  readonly name: string;
  /** False: the customer's own words. */
  readonly ours: boolean;
  /** Of all "no"s. */
  readonly share: Share;
}

/** What a reason is called; null: it is the customer's own words. */
export type ReasonName = (key: string) => string | null;

const mostShown = 50;

/** Every reason of a "no", the commonest first; what is not told one by one stands in the last row. */
export function reasonsOf({ feedback, reasons }: Counts, nameOf: ReasonName): ReasonRow[] {
  const noes = sum(feedback.filter(({ answered }) => !answered));
  return told(reasons, noes, nameOf);
}

/** The same for some of the feedback, such as that on one article. */
export function told(reasons: readonly ReasonCount[], noes: number, nameOf: ReasonName): ReasonRow[] {
  const rows = [...Map.groupBy(reasons, ({ reason }) => reason)]
    .map(([reason, some]) => ({ ...named(reason, nameOf), count: sum(some) }))
    .sort((one, other) => other.count - one.count || one.name.localeCompare(other.name))
    .slice(0, mostShown);
  const rest = noes - sum(rows);
  if (rest > 0) rows.push({ name: 'Other words', ours: true, count: rest });
  return rows.map(({ name, ours, count }) => ({ name, ours, share: shareOf(count, noes) }));
}

function named(reason: string | null, nameOf: ReasonName): { name: string; ours: boolean } {
  if (reason === null) return { name: 'No reason given', ours: true };
  const name = nameOf(reason);
  return name === null ? { name: reason, ours: false } : { name, ours: true };
}
