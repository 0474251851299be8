import type { Feedback } from '../domain/outcome.ts';
import type { Clock, FeedbackBook } from '../domain/ports.ts';
import { prepare, type Steps } from './prepared.ts';
import type { StoreDatabase } from './store-database.ts';

interface NewArticleFeedback {
  readonly id: string;
  readonly complaintNumber: number;
  readonly article: string;
  readonly version: string | null;
  readonly channel: string;
  readonly answered: number;
  readonly reason: string | null;
  readonly at: number;
}
/** Whether an article that was asked for was an answer, in place of what was said of it before; gives a row as below. */
const saveArticleFeedback = prepare<NewArticleFeedback>()((db, value) =>
  db
    .insertInto('article_feedback')
    .values({
      conversation_id: value('id'),
      complaint: value('complaintNumber'),
      article: value('article'),
      version: value('version'),
      channel: value('channel'),
      answered: value('answered'),
      reason: value('reason'),
      at: value('at'),
    })
    .onConflict((clash) =>
      clash.columns(['conversation_id', 'complaint', 'article']).doUpdateSet((row) => ({
        version: row.ref('excluded.version'),
        channel: row.ref('excluded.channel'),
        answered: row.ref('excluded.answered'),
        reason: row.ref('excluded.reason'),
        at: row.ref('excluded.at'),
      })),
    )
    .returning('conversation_id'),
);

interface NewFeedback extends Omit<NewArticleFeedback, 'article'> {
  readonly cause: string | null;
  readonly article: string | null;
}
/** Whether a complaint’s answer was one, in place of what was said before. It gives a row, so that its error is heard at once. */
const saveFeedback = prepare<NewFeedback>()((db, value) =>
  db
    .insertInto('feedback')
    .values({
      conversation_id: value('id'),
      complaint: value('complaintNumber'),
      answered: value('answered'),
      reason: value('reason'),
      cause: value('cause'),
      article: value('article'),
      version: value('version'),
      channel: value('channel'),
      at: value('at'),
    })
    .onConflict((clash) =>
      clash.columns(['conversation_id', 'complaint']).doUpdateSet((row) => ({
        answered: row.ref('excluded.answered'),
        reason: row.ref('excluded.reason'),
        cause: row.ref('excluded.cause'),
        article: row.ref('excluded.article'),
        version: row.ref('excluded.version'),
        channel: row.ref('excluded.channel'),
        at: row.ref('excluded.at'),
      })),
    )
    .returning('conversation_id'),
);

/** Stores one answer to "Did this answer your question?" in place of an earlier one to the same. */
export function* giveFeedback(id: string, feedback: Feedback, clock: Clock): Steps<void> {
  const { cause, article } = feedback;
  const given = { id, ...feedback, answered: feedback.answered ? 1 : 0, at: clock.now() };
  if (cause === null && article !== null) yield* saveArticleFeedback({ ...given, article });
  else yield* saveFeedback(given);
}

/** Stores feedback that comes in no turn. */
export function createFeedbackBook(db: StoreDatabase, clock: Clock): FeedbackBook {
  return { give: (by, feedback) => db.transact(() => giveFeedback(by, feedback, clock)) };
}
