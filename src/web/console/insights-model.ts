/** A part of something counted; `told` is how people read it. */
export interface Share {
  readonly part: number;
  readonly of: number;
  readonly share: number | null;
  readonly told: string;
}

/** How a complaint ended. */
export const outcomes = ['verified', 'confirmed', 'assumed', 'handed-off', 'abandoned'] as const;
/** One of the outcomes above. */
export type Outcome = (typeof outcomes)[number];
/** How many complaints had each outcome. */
export type Outcomes = Readonly<Record<Outcome, number>>;

/** Why an answer did not help; `ours` false: the customer's own words. */
export interface Reason {
  readonly name: string;
  readonly ours: boolean;
  readonly share: Share;
}

/** What was counted of one cause or one article; `slug` null: of none. */
export interface Row {
  readonly slug: string | null;
  readonly name: string;
  readonly shown: number;
  readonly yes: number;
  readonly no: number;
  readonly helpful: Share;
  readonly reasons: readonly Reason[];
  readonly complaints: number;
  readonly outcomes: Outcomes;
}

/** A cause also has what is made of its outcomes. */
export interface CauseRow extends Row {
  readonly containment: Share;
  readonly resolution: Share;
  readonly precision: Share;
}

/** One day, such as 2026-11-26, or the first day of a week. */
export interface Day {
  readonly date: string;
  readonly outcomes: Outcomes;
  readonly opened: number;
  readonly closed: number;
}

/** The verdicts of one cause against what agents found. */
export interface Judged {
  readonly name: string;
  readonly same: number;
  readonly another: number;
  readonly none: number;
  readonly untold: number;
  readonly precision: Share;
}

/** What has a definition. */
export type Defined =
  | Outcome
  | 'complaints'
  | 'containment'
  | 'resolution'
  | 'helpful'
  | 'tickets'
  | 'shown'
  | 'articleOutcomes'
  | 'causeOutcomes'
  | 'precision'
  | 'confusions'
  | 'reasons'
  | 'unanswered';

/** What `/console/api/insights` answers: `src/metrics/insights.ts`, and whether tables may be exported. */
export interface Insights {
  readonly from: string;
  readonly to: string;
  readonly empty: boolean;
  readonly mayExport: boolean;
  readonly definitions: Readonly<Record<Defined, string>>;
  readonly complaints: number;
  readonly outcomes: readonly { readonly outcome: Outcome; readonly share: Share }[];
  readonly containment: Share;
  readonly resolution: Share;
  readonly helpful: Share;
  readonly opened: number;
  readonly closed: number;
  readonly causes: readonly CauseRow[];
  readonly articles: readonly Row[];
  readonly days: readonly Day[];
  readonly precision: {
    readonly all: Share;
    readonly causes: readonly Judged[];
    readonly confusions: readonly { readonly said: string; readonly was: string; readonly count: number }[];
  };
  readonly reasons: readonly Reason[];
  readonly unanswered: {
    readonly inAll: number;
    readonly questions: readonly { readonly words: string; readonly count: number; readonly newest: string }[];
  };
}
