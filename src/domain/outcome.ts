/**
 * How a complaint ended, one each: `verified` (a re-check proved it), `confirmed` (they said that it works, and the account
 * does not contradict), `handed-off`, `unsolved` (the last look said that it is still blocked, or they said no), `answered`
 * (told, and nothing said since), `abandoned` (no answer was given). Silence for a day turns `answered` into `assumed`: that
 * is seen when outcomes are counted, and never stored.
 */
export const outcomes = [
  'verified',
  'confirmed',
  'assumed',
  'handed-off',
  'unsolved',
  'answered',
  'abandoned',
] as const;
/** One of the outcomes above. */
export type Outcome = (typeof outcomes)[number];
/** An outcome as it is stored. */
export type StoredOutcome = Exclude<Outcome, 'assumed'>;

/** For so long nothing was said of a complaint, in any of its turns, when `answered` counts as `assumed`. */
export const silenceMs = 86_400_000;

/** Why an answer did not help, for those who do not say it in their own words. */
export const feedbackReasons = ['why-wrong-cause', 'why-steps', 'why-still-blocked', 'why-unclear'] as const;

/** UTF-16 units of a reason in the customer's own words. */
export const longestReason = 500;

/** Where feedback is given that belongs to no conversation: below an article. */
export const onPage = 'page';

/** What was answered, and in which complaint: what is judged by "Did this answer your question?". */
export type RatedAnswer = Pick<Feedback, 'complaintNumber' | 'cause' | 'article' | 'version'>;

/** "Did this answer your question?", wherever it was asked, with the one-tap reason where the answer was no. */
export interface Feedback {
  /** The channel, or `page`. */
  readonly channel: string;
  /** On a page 0. */
  readonly complaintNumber: number;
  readonly answered: boolean;
  readonly reason: string | null;
  readonly cause: string | null;
  readonly article: string | null;
  /** The article's when it was rated; null: of no article. */
  readonly version: string | null;
}
