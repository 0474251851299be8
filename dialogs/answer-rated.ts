import type { DialogContext } from 'botbuilder-dialogs';
import type { AnswerRated } from '../src/domain/activity.ts';
import type { RatedAnswer } from '../src/domain/outcome.ts';
import { begin } from './dialog-options.ts';
import { answerOf, type SavedRating } from './rate-answer.ts';
import type { Turn } from './turn.ts';

/** The customer judged an answer by their client's own means: while it is still the matter, that counts like our buttons. */
export async function onAnswerRated(dc: DialogContext, turn: Turn, rated: AnswerRated): Promise<void> {
  const { memory } = turn;
  const { of, answered, reason, asking } = rated;
  const before = memory.rated;
  const isKnown = before?.answered === answered && before.reason === reason && isSame(before.of, of);
  if (!asking) memory.rated = { of, answered, reason };
  // Where a person answers, the bot says nothing.
  if (isKnown || asking || turn.answering) {
    if (!isKnown) turn.recordFeedback({ ...of, answered, reason });
    turn.offer(turn.offeredBefore, turn.askedBefore);
  } else if (isAsked(dc, turn, of)) await dc.continueDialog();
  else if (!dc.activeDialog && memory.ticket === null && of.complaintNumber === memory.complaintNumber)
    await begin(dc, 'rate-answer', { article: of.cause === null ? of.article : null, rated: { of, answered, reason } });
  else await tellKept(dc, turn, rated);
}

/** Whether the talk waits for a judgement of just this answer. */
function isAsked({ activeDialog }: DialogContext, turn: Turn, of: RatedAnswer): boolean {
  if (activeDialog?.id !== 'rate-answer') return false;
  const { saved } = activeDialog.state as { readonly saved: SavedRating };
  return isSame(answerOf(turn, saved), of);
}

function isSame(one: RatedAnswer, other: RatedAnswer): boolean {
  return one.complaintNumber === other.complaintNumber && one.cause === other.cause && one.article === other.article;
}

/** It is stored, and the talk goes on where it was. */
async function tellKept(dc: DialogContext, turn: Turn, { of, answered, reason }: AnswerRated): Promise<void> {
  turn.thankForFeedback({ ...of, answered, reason });
  if (dc.activeDialog) await dc.repromptDialog();
  else if (answered || turn.memory.ticket !== null) turn.offer(turn.offeredBefore, turn.askedBefore);
  else turn.offerPerson(turn.offeredBefore);
}
