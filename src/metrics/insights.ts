import { iso } from '../domain/instant.ts';
import type { Counts, Day, Period } from '../domain/figures.ts';
import { outcomes, type Outcome } from '../domain/outcome.ts';
import { definitions, type Defined } from './definitions.ts';
import { precisionOf, type Precision } from './precision.ts';
import { reasonsOf, type ReasonRow } from './reasons.ts';
import { articleRows, causeRows, type ArticleRow, type CauseRow } from './rows.ts';
import { shareOf, type Share } from './share.ts';
import { perOutcome, sum, type Outcomes } from './sums.ts';

/** What causes, articles and reasons are called; a reason without a name is the customer's own words. */
export interface Names {
  readonly cause: (slug: string) => string;
  readonly article: (slug: string) => string;
  readonly reason: (key: string) => string | null;
}

/** One day, in UTC. */
export interface DayRow {
  readonly date: string;
  readonly outcomes: Outcomes;
  readonly opened: number;
  readonly closed: number;
}

/** A question that nobody answered. */
export interface QuestionRow {
  readonly words: string;
  readonly count: number;
  /** ISO 8601, in UTC. */
  readonly newest: string;
}

/** Feedback and outcomes of some days, as they are shown. */
export interface Insights {
  /** The first and the last day, in UTC. */
  readonly from: string;
  readonly to: string;
  /** Nothing at all was counted. */
  readonly empty: boolean;
  readonly definitions: Readonly<Record<Defined, string>>;
  readonly complaints: number;
  readonly outcomes: readonly { readonly outcome: Outcome; readonly share: Share }[];
  readonly containment: Share;
  readonly resolution: Share;
  readonly helpful: Share;
  readonly opened: number;
  readonly closed: number;
  readonly causes: readonly CauseRow[];
  readonly articles: readonly ArticleRow[];
  readonly days: readonly DayRow[];
  readonly precision: Precision;
  readonly reasons: readonly ReasonRow[];
  readonly unanswered: { readonly inAll: number; readonly questions: readonly QuestionRow[] };
}

/** What the console's API answers, with whether the agent may export the tables. */
export interface InsightsAnswer extends Insights {
  readonly mayExport: boolean;
}

/** Makes what is shown from what was counted. */
export function insightsOf(counts: Counts, period: Period, names: Names): Insights {
  const precision = precisionOf(counts.closed, names.cause);
  return {
    from: dateOf(dayOf(period.from)),
    to: dateOf(dayOf(period.to - 1)),
    empty: isEmpty(counts),
    definitions,
    ...totalsOf(counts),
    causes: causeRows(counts, names, precision),
    articles: articleRows(counts, names),
    days: daysOf(counts, period),
    precision,
    reasons: reasonsOf(counts, names.reason),
    unanswered: {
      inAll: counts.unansweredInAll,
      questions: counts.unanswered.map((one) => ({ ...one, newest: iso(one.newest) })),
    },
  };
}

function totalsOf({ complaints, feedback, opened, closed }: Counts) {
  const ended = perOutcome(complaints);
  const { all, contained, resolved } = ended;
  return {
    complaints: all,
    outcomes: outcomes.map((outcome) => ({ outcome, share: shareOf(ended.outcomes[outcome], all) })),
    containment: shareOf(contained, all),
    resolution: shareOf(resolved, all),
    helpful: shareOf(sum(feedback.filter(({ answered }) => answered)), sum(feedback)),
    opened: sum(opened),
    closed: sum(closed),
  };
}

function isEmpty(counts: Counts): boolean {
  const { complaints, causesShown, articlesShown, articleViews, feedback, opened, closed, unanswered } = counts;
  return [complaints, causesShown, articlesShown, articleViews, feedback, opened, closed, unanswered].every(
    (rows) => rows.length === 0,
  );
}

/** Every day of the period, those on which nothing was counted too. */
function daysOf({ complaints, opened, closed }: Counts, { from, to }: Period): DayRow[] {
  const ended = Map.groupBy(complaints, ({ day }) => day);
  const [openedOn, closedOn] = [Map.groupBy(opened, ({ day }) => day), Map.groupBy(closed, ({ day }) => day)];
  const first = dayOf(from);
  return Array.from({ length: dayOf(to - 1) - first + 1 }, (_, i) => {
    const day = first + i;
    return {
      date: dateOf(day),
      outcomes: perOutcome(ended.get(day)).outcomes,
      opened: sum(openedOn.get(day)),
      closed: sum(closedOn.get(day)),
    };
  });
}

const dayMs = 86_400_000;
const dayOf = (at: number): Day => Math.floor(at / dayMs);
const dateOf = (day: Day): string => iso(day * dayMs).slice(0, 10);
