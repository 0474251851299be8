import type { Instant } from './instant.ts';
import type { Outcome } from './outcome.ts';

/** From the first instant until before the second. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

/** Days since 1970-01-01, in UTC. */
export type Day = number;

/** Everything counted in a period; each row has a count above 0 and is the only one of its kind. */
export interface Counts {
  /** By the time of the outcome; `cause` null: none was told. */
  readonly complaints: readonly {
    readonly day: Day;
    readonly cause: string | null;
    readonly outcome: Outcome;
    readonly count: number;
  }[];
  /** In how many complaints a cause was told, or an article shown. */
  readonly causesShown: readonly { readonly cause: string; readonly count: number }[];
  readonly articlesShown: readonly { readonly article: string; readonly count: number }[];
  /** How often an article's page was opened. */
  readonly articleViews: readonly { readonly article: string; readonly count: number }[];
  /** The outcomes of complaints in which an article was shown, whenever that was. */
  readonly articleOutcomes: readonly { readonly article: string; readonly outcome: Outcome; readonly count: number }[];
  readonly feedback: readonly FeedbackCount[];
  /** Of the "no"s, the commonest first, at most `mostReasons`; `reason` null: none was given. */
  readonly reasons: readonly ReasonCount[];
  readonly opened: readonly { readonly day: Day; readonly count: number }[];
  readonly closed: readonly ClosedCount[];
  /** The commonest first, at most `mostQuestions`. */
  readonly unanswered: readonly UnansweredCount[];
  /** How often in all nothing was found. */
  readonly unansweredInAll: number;
}

/** How often "Did this answer your question?" was answered so, about what. */
export interface FeedbackCount {
  /** Below the article, and not in a conversation. */
  readonly onPage: boolean;
  readonly cause: string | null;
  readonly article: string | null;
  readonly answered: boolean;
  readonly count: number;
}

/** How often a "no" had this reason, about what. */
export interface ReasonCount {
  readonly onPage: boolean;
  readonly cause: string | null;
  readonly article: string | null;
  /** The key of one of our reasons, or the customer's own words. */
  readonly reason: string | null;
  readonly count: number;
}

/** Closed tickets: what the bot said and what the agent found. */
export interface ClosedCount {
  readonly day: Day;
  /** The slug of a cause; null: no verdict. */
  readonly said: string | null;
  /** The slug of a cause, `none` of them, or null: not told. */
  readonly was: string | null;
  readonly count: number;
}

/** A question for which nothing was found, its spellings counted together; `words`: one of them. */
export interface UnansweredCount {
  readonly words: string;
  readonly count: number;
  readonly newest: Instant;
}

/** How many rows of reasons are read. */
export const mostReasons = 200;
/** How many unanswered questions are read. */
export const mostQuestions = 100;

/** What the store has counted. */
export interface Figures {
  /** Days and cause slugs as stored, also of causes that there are no more. Takes about a second for 200,000 complaints. */
  count(period: Period): Promise<Counts>;
}
