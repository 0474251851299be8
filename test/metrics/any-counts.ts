import fc from 'fast-check';
import type { Counts, Period } from '../../src/domain/figures.ts';
import { outcomes } from '../../src/domain/outcome.ts';
import type { Names } from '../../src/metrics/insights.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2026, 10, 1) / dayMs;
const days = 5;

/** Five days in November. */
export const period: Period = { from: firstDay * dayMs, to: (firstDay + days) * dayMs };

/** Names that differ from the slugs. */
export const names: Names = {
  cause: (slug) => `Cause ${slug}`,
  article: (slug) => `Article ${slug}`,
  reason: (key) => (key.startsWith('why-') ? `Reason ${key}` : null),
};

/** Counts of nothing. */
export const nothing: Counts = {
  ...{ complaints: [], causesShown: [], articlesShown: [], articleViews: [], articleOutcomes: [] },
  ...{ feedback: [], reasons: [], opened: [], closed: [], unanswered: [], unansweredInAll: 0 },
};

const count = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5_000 }));
const cause = fc.constantFrom('no-seat', 'incident', 'nothing-blocks', 'monthly-limit');
const causeOrNone = fc.option(cause);
const article = fc.constantFrom('seats', 'access-denied', 'rate-limits');
const outcome = fc.constantFrom(...outcomes);
const day = fc.integer({ min: firstDay, max: firstDay + days - 1 });
const reason = fc.option(fc.constantFrom('why-steps', 'why-unclear', 'it is blue', '=1+1'));

/** Rows of which no two are of one kind, as SQL groups them. */
function rows<T extends { readonly count: number }>(row: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.uniqueArray(row, { maxLength: 12, selector: (one) => JSON.stringify({ ...one, count: 0 }) });
}

/** Anything that a store may have counted in the five days; the reasons are those of its "no"s. */
export const anyCounts: fc.Arbitrary<Counts> = fc
  .record({
    complaints: rows(fc.record({ day, cause: causeOrNone, outcome, count })),
    causesShown: rows(fc.record({ cause, count })),
    articlesShown: rows(fc.record({ article, count })),
    articleViews: rows(fc.record({ article, count })),
    articleOutcomes: rows(fc.record({ article, outcome, count })),
    feedback: rows(
      fc.record({
        onPage: fc.boolean(),
        cause: causeOrNone,
        article: fc.option(article),
        answered: fc.boolean(),
        count,
      }),
    ),
    opened: rows(fc.record({ day, count })),
    closed: rows(fc.record({ day, said: causeOrNone, was: fc.option(fc.oneof(cause, fc.constant('none'))), count })),
    unanswered: rows(
      fc.record({ words: fc.string(), count, newest: fc.integer({ min: period.from, max: period.to - 1 }) }),
    ),
    split: fc.array(fc.tuple(reason, fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 3 }),
    more: fc.nat(50),
  })
  .map(({ split, more, ...counts }) => ({
    ...counts,
    reasons: counts.feedback.filter(({ answered }) => !answered).flatMap((row) => reasonsOf(row, split)),
    unansweredInAll: counts.unanswered.reduce((all, one) => all + one.count, more),
  }));

/** Gives each reason a part of what is left; some may be left over, as where not all rows were read. */
function reasonsOf(
  { onPage, cause, article, count }: Counts['feedback'][number],
  split: readonly (readonly [string | null, number])[],
): Counts['reasons'] {
  let left = count;
  const seen = new Map(split);
  return [...seen].flatMap(([reason, part]) => {
    const taken = Math.floor(left * part);
    left -= taken;
    return taken === 0 ? [] : [{ onPage, cause, article, reason, count: taken }];
  });
}
