import type { Counts, FeedbackCount, ReasonCount } from '../domain/figures.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Precision } from './precision.ts';
import { told, type ReasonName, type ReasonRow } from './reasons.ts';
import { shareOf, type Share } from './share.ts';
import { perOutcome, sum, type Outcomes } from './sums.ts';

/** What was counted of one cause or one article. */
interface Row {
  readonly name: string;
  readonly shown: number;
  readonly yes: number;
  readonly no: number;
  readonly helpful: Share;
  readonly reasons: readonly ReasonRow[];
  /** How many complaints the outcomes are of. */
  readonly complaints: number;
  readonly outcomes: Outcomes;
}

/** One cause; `slug` null: no cause was told. */
export interface CauseRow extends Row {
  readonly slug: string | null;
  readonly containment: Share;
  readonly resolution: Share;
  readonly precision: Share;
}

/** One article; `slug` null: there was none. */
export interface ArticleRow extends Row {
  readonly slug: string | null;
  /** How often its page was opened. */
  readonly views: number;
}

interface Naming {
  readonly cause: (slug: string) => string;
  readonly article: (slug: string) => string;
  readonly reason: ReasonName;
}

interface RowCounts {
  readonly shown: readonly { readonly count: number }[];
  readonly outcomes: readonly { readonly outcome: Outcome; readonly count: number }[];
  readonly feedback: readonly FeedbackCount[];
  readonly reasons: readonly ReasonCount[];
}

/** One row for each cause that anything was counted of, the commonest first. */
export function causeRows(counts: Counts, names: Naming, precision: Precision): CauseRow[] {
  const { causesShown, complaints } = counts;
  // Below an article nobody was told a cause.
  const inTalk = ({ onPage }: { readonly onPage: boolean }) => !onPage;
  const [feedback, reasons] = [counts.feedback.filter(inTalk), counts.reasons.filter(inTalk)];
  const of = (slug: string | null) => precision.causes.find(({ said }) => said === slug)?.precision ?? shareOf(0, 0);
  const slugs = keysOf([...causesShown, ...complaints, ...feedback], ({ cause }) => cause);
  for (const { said } of precision.causes) slugs.add(said);
  const rows = [...slugs].map((slug) => {
    const mine = ({ cause }: { readonly cause: string | null }) => cause === slug;
    const outcomes = complaints.filter(mine);
    const row = rowOf(slug === null ? 'No cause was told' : names.cause(slug), names.reason, {
      shown: causesShown.filter(mine),
      outcomes,
      feedback: feedback.filter(mine),
      reasons: reasons.filter(mine),
    });
    const { all, contained, resolved } = perOutcome(outcomes);
    return { slug, ...row, ...shares(contained, resolved, all), precision: of(slug) };
  });
  return rows.sort(commonestFirst);
}

/** One row for each article that anything was counted of, the commonest first. */
export function articleRows(counts: Counts, names: Naming): ArticleRow[] {
  const { articlesShown, articleViews, articleOutcomes, feedback, reasons } = counts;
  const counted = [...articlesShown, ...articleViews, ...articleOutcomes, ...feedback];
  const slugs = keysOf<{ readonly article: string | null }>(counted, ({ article }) => article);
  const rows = [...slugs].map((slug) => {
    const mine = ({ article }: { readonly article: string | null }) => article === slug;
    const row = rowOf(slug === null ? 'No article' : names.article(slug), names.reason, {
      shown: articlesShown.filter(mine),
      outcomes: articleOutcomes.filter(mine),
      feedback: feedback.filter(mine),
      reasons: reasons.filter(mine),
    });
    return { slug, ...row, views: sum(articleViews.filter(mine)) };
  });
  return rows.sort(commonestFirst);
}

function rowOf(name: string, reasonName: ReasonName, { shown, outcomes, feedback, reasons }: RowCounts): Row {
  const yes = sum(feedback.filter(({ answered }) => answered));
  const no = sum(feedback) - yes;
  const ended = perOutcome(outcomes);
  return {
    name,
    shown: sum(shown),
    yes,
    no,
    helpful: shareOf(yes, yes + no),
    reasons: told(reasons, no, reasonName),
    complaints: ended.all,
    outcomes: ended.outcomes,
  };
}

const shares = (contained: number, resolved: number, all: number) => ({
  containment: shareOf(contained, all),
  resolution: shareOf(resolved, all),
});

/** What nothing was told of comes last. */
function commonestFirst(one: CauseRow | ArticleRow, other: CauseRow | ArticleRow): number {
  if (one.slug === null || other.slug === null) return one.slug === null ? 1 : -1;
  const views = 'views' in one && 'views' in other ? other.views - one.views : 0;
  return other.shown - one.shown || views || other.complaints - one.complaints || one.name.localeCompare(other.name);
}

function keysOf<T>(rows: readonly T[], keyOf: (row: T) => string | null): Set<string | null> {
  return new Set(rows.map(keyOf));
}
