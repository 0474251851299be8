/**
 * How a conversation ended, one per conversation: `verified` (a re-check proved it), `confirmed` (they said yes),
 * `assumed` (answered, then silence), `handed-off`, `abandoned` (no answer was given).
 */
export const outcomes = ['verified', 'confirmed', 'assumed', 'handed-off', 'abandoned'] as const;
/** One of the outcomes above. */
export type Outcome = (typeof outcomes)[number];

/** "Did this answer your question?" with the one-tap reason where the answer was no. */
export interface Feedback {
  readonly complaintNumber: number;
  readonly answered: boolean;
  readonly reason: string | null;
  readonly cause: string | null;
  readonly article: string | null;
}
