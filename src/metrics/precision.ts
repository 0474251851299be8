import type { ClosedCount } from '../domain/figures.ts';
import { shareOf, type Share } from './share.ts';
import { sum } from './sums.ts';

/** How often agents found the cause that the bot had said. */
export interface PrecisionRow {
  readonly said: string;
  readonly name: string;
  readonly same: number;
  readonly another: number;
  /** None of our causes. */
  readonly none: number;
  /** The agent told nothing. */
  readonly untold: number;
  readonly precision: Share;
}

/** Tickets whose agent found something else; names, for people. */
export interface Confusion {
  readonly said: string;
  readonly was: string;
  readonly count: number;
}

/** The bot's verdicts against what agents found. */
export interface Precision {
  /** Over all causes. */
  readonly all: Share;
  readonly causes: readonly PrecisionRow[];
  /** The commonest first. */
  readonly confusions: readonly Confusion[];
}

type CauseName = (slug: string) => string;

const nothingBlocks = 'nothing-blocks';
const noneOfThem = 'none';
const mostConfusions = 50;

/** Compares closed tickets; where the bot gave no verdict, nothing can be right or wrong of it. */
export function precisionOf(closed: readonly ClosedCount[], nameOf: CauseName): Precision {
  const bySaid = Map.groupBy(closed, ({ said }) => said);
  const causes = [...bySaid].flatMap(([said, rows]) => (said === null ? [] : [rowOf(said, rows, nameOf(said))]));
  const same = causes.reduce((all, row) => all + row.same, 0);
  const told = causes.reduce((all, row) => all + row.precision.of, 0);
  return {
    all: shareOf(same, told),
    causes: causes.sort((one, other) => other.precision.of - one.precision.of || one.name.localeCompare(other.name)),
    confusions: confusionsOf(closed, nameOf),
  };
}

/** With the verdict that nothing blocks, the bot and an agent who finds none of our causes agree. */
function isSame({ said, was }: ClosedCount): boolean {
  return said === was || (said === nothingBlocks && was === noneOfThem);
}

function rowOf(said: string, rows: readonly ClosedCount[], name: string): PrecisionRow {
  const told = rows.filter(({ was }) => was !== null);
  const different = told.filter((row) => !isSame(row));
  const none = sum(different.filter(({ was }) => was === noneOfThem));
  const same = sum(told) - sum(different);
  const another = sum(different) - none;
  return { said, name, same, another, none, untold: sum(rows) - sum(told), precision: shareOf(same, sum(told)) };
}

function confusionsOf(closed: readonly ClosedCount[], nameOf: CauseName): Confusion[] {
  const different = closed.flatMap((row) => {
    const { said, was, count } = row;
    if (was === null || isSame(row) || (said === null && was === noneOfThem)) return [];
    const found = was === noneOfThem ? 'none of our causes' : nameOf(was);
    return [{ said: said === null ? 'no verdict' : nameOf(said), was: found, count }];
  });
  return [...Map.groupBy(different, ({ said, was }) => JSON.stringify([said, was])).values()]
    .flatMap((rows) => rows.slice(0, 1).map(({ said, was }) => ({ said, was, count: sum(rows) })))
    .sort((one, other) => other.count - one.count || one.said.localeCompare(other.said))
    .slice(0, mostConfusions);
}
