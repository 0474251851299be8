import { z } from 'zod';
import { feedbackReasons } from '../../domain/outcome.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { reasonOf } from '../rated-answers.ts';
import type { TeamsActivity } from './activity.ts';

/** A thumb below a message, or the form behind it. */
export interface Rating {
  /** Teams asks for the form: the thumb was pressed, and the form is sent later, if at all. */
  readonly isFetch: boolean;
  readonly answered: boolean;
  readonly reason: string | null;
  /** What Teams calls the message; null: it does not say. */
  readonly ref: string | null;
}

const ratingShape = z.object({
  actionName: z.literal('feedback'),
  actionValue: z.object({ reaction: z.enum(['like', 'dislike']), feedback: z.unknown().optional() }),
});
const formShape = z.object({
  feedbackText: z.unknown().optional(),
  reason: z.enum(feedbackReasons).nullish().catch(null),
});

/** What an invoke says of an answer; null: nothing, or nothing that can be read. */
export function ratingOf({ name, value, replyToId }: TeamsActivity): Rating | null {
  if (name !== 'message/fetchTask' && name !== 'message/submitAction') return null;
  const { data } = ratingShape.safeParse(value);
  if (!data) return null;
  const { reaction, feedback } = data.actionValue;
  return {
    isFetch: name === 'message/fetchTask',
    answered: reaction === 'like',
    reason: reasonIn(feedback),
    ref: replyToId === '' ? null : (replyToId ?? null),
  };
}

/** Teams sends its form, and ours, as JSON in a string; tools have sent an object, or the words alone. Own words tell more. */
function reasonIn(feedback: unknown): string | null {
  const form = formShape.safeParse(typeof feedback === 'string' ? parseJson(feedback) : feedback).data;
  return form ? (reasonOf(form.feedbackText) ?? form.reason ?? null) : reasonOf(feedback);
}
