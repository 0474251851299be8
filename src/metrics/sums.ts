import { outcomes, type Outcome } from '../domain/outcome.ts';

/** How many complaints had each outcome. */
export type Outcomes = Readonly<Record<Outcome, number>>;

/** The counts of rows, added up. */
export function sum(rows: readonly { readonly count: number }[] = []): number {
  return rows.reduce((all, { count }) => all + count, 0);
}

/** The rows' outcomes added up, with all of them, the contained and the resolved. */
export function perOutcome(rows: readonly { readonly outcome: Outcome; readonly count: number }[] = []) {
  const by = Map.groupBy(rows, ({ outcome }) => outcome);
  const counted = Object.fromEntries(outcomes.map((outcome) => [outcome, sum(by.get(outcome))])) as Outcomes;
  const resolved = counted.verified + counted.confirmed;
  return { outcomes: counted, all: sum(rows), resolved, contained: resolved + counted.assumed };
}
