import type { Feedback } from '../domain/outcome.ts';
import type { Clock, FeedbackBook } from '../domain/ports.ts';
import type { Steps } from './prepared.ts';
import { saveFeedback } from './queries.ts';
import type { StoreDatabase } from './store-database.ts';

/** Stores one answer to "Did this answer your question?" in place of an earlier one. */
export function* giveFeedback(id: string, { answered, ...given }: Feedback, clock: Clock): Steps<void> {
  yield* saveFeedback({ id, ...given, answered: answered ? 1 : 0, at: clock.now() });
}

/** Stores feedback that comes in no turn. */
export function createFeedbackBook(db: StoreDatabase, clock: Clock): FeedbackBook {
  return { give: (by, feedback) => db.transact(() => giveFeedback(by, feedback, clock)) };
}
