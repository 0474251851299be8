import type { DialogContext } from 'botbuilder-dialogs';
import { listenedAfterTicket } from './after-ticket.ts';
import { isQuestion } from '../src/language/is-question.ts';
import { tellNoted } from './contradiction.ts';
import { begin, type DialogId } from './dialog-options.ts';
import { emptyComplaint } from './memory.ts';
import type { Services } from './services.ts';
import type { Turn } from './turn.ts';

/** After so many turns in a row that were not understood, a person is offered first. */
const patience = 2;
/** From this confidence on a complaint that was not understood as one is asked for. */
const maybe = 0.3;

export type StartNeeds = Pick<Services, 'tickets' | 'expectedResponse' | 'office' | 'agentWords' | 'clock' | 'search'>;

/** Begins the conversation that was asked for, where no dialog was waiting for what was said. */
export async function start(dc: DialogContext, turn: Turn, needs: StartNeeds): Promise<void> {
  const understood =
    (await listenedAfterTicket(dc, turn, needs)) || (await begun(dc, turn)) || (await guessed(dc, turn, needs));
  if (understood) turn.memory.misses = 0;
  else await notUnderstood(dc, turn);
}

/** Starts what the intent names. False where it names nothing. */
async function begun(dc: DialogContext, turn: Turn): Promise<boolean> {
  const { memory, recognized } = turn;
  const { intent } = recognized;
  switch (intent) {
    case 'access-denied':
      await beginComplaint(dc, turn, 'access-denied');
      return true;
    case 'didnt-work':
      // "Still the same" before anything was told is a complaint too; the dialog asks.
      if (memory.complaint) await againWith(dc, turn, { again: true });
      else await beginComplaint(dc, turn, 'access-denied');
      return true;
    case 'sign-in-trouble':
      await beginComplaint(dc, turn, 'sign-in-trouble');
      return true;
    case 'other-topic':
      // Said a second time, it is a wish.
      if (memory.topic === recognized.subIntent) await begin(dc, 'hand-off');
      else await beginComplaint(dc, turn, 'other-topic');
      return true;
    case 'ask-article':
    case 'check-account':
    case 'account-question':
    case 'link-account':
      leave(dc, intent);
      await begin(dc, intent);
      return true;
    case 'done':
    case 'worked':
    case 'objection':
      if (!memory.verdict) break;
      await againWith(
        dc,
        turn,
        intent === 'done' ? { again: true } : intent === 'worked' ? { works: true } : { objects: true },
      );
      return true;
    case 'repeat':
      if (memory.steps.length > 0) await begin(dc, 'read-steps', { again: true });
      else await answer(dc, turn, 'what-i-do');
      return true;
    default:
  }
  return answered(dc, turn);
}

/** Answers in a line what begins nothing. */
async function answered(dc: DialogContext, turn: Turn): Promise<boolean> {
  switch (turn.recognized.intent) {
    case 'greeting':
      await answer(dc, turn, turn.memory.complaint || dc.activeDialog ? 'here' : 'hello');
      return true;
    case 'yes':
    case 'no':
    case 'done':
      await answer(dc, turn, 'nothing-asked');
      return true;
    case 'thanks':
      await answer(dc, turn, 'thanked');
      return true;
    case 'worked':
      await answer(dc, turn, 'good-to-hear');
      return true;
    case 'no-person':
      turn.say('as-you-like');
      return true;
    case 'dissatisfied':
    case 'objection':
      if (turn.memory.verdict) turn.reachOutcome('unsolved');
      turn.say('not-helpful');
      turn.offerPerson(turn.offeredBefore);
      return true;
    default:
      return false;
  }
}

/**
 * What was not understood may belong to what was named before, may be a question that an article answers, or a complaint, which
 * is asked. False: it is none of these.
 */
async function guessed(dc: DialogContext, turn: Turn, { search }: StartNeeds): Promise<boolean> {
  const { recognized, memory } = turn;
  if (recognized.intent !== null || recognized.text.trim() === '' || turn.restarted) return false;
  if (memory.topic !== null) {
    tellNoted(turn);
    turn.offerPerson();
    return true;
  }
  const found = search(recognized.text);
  const asks = isQuestion(recognized.text);
  if (found?.isCertain !== true && !(asks && found) && !memory.complaint && mayComplain(turn)) {
    await beginComplaint(dc, turn, 'access-denied', true);
    return true;
  }
  if (!asks && found?.isCertain !== true) return false;
  leave(dc, 'ask-article');
  await begin(dc, 'ask-article');
  return true;
}

function mayComplain({ recognized: { entities, alternatives } }: Turn): boolean {
  const isMaybe = alternatives.some((one) => one.intent === 'access-denied' && one.confidence >= maybe);
  return isMaybe || entities.feature !== null || entities.errorCode !== null;
}

/** The next question takes the place of the one before, so that the stack does not grow with every question. */
function leave({ stack }: DialogContext, id: string): void {
  const at = stack.findIndex((one) => one.id === id);
  if (at >= 0) stack.splice(at);
}

/** A new complaint after an outcome has an outcome of its own; before one, it replaces the complaint that was being told. */
async function beginComplaint(
  dc: DialogContext,
  { memory }: Turn,
  id: DialogId & ('access-denied' | 'sign-in-trouble' | 'other-topic'),
  unsure = false,
): Promise<void> {
  await dc.cancelAllDialogs();
  const { complaintNumber, outcome } = memory;
  Object.assign(memory, emptyComplaint(), {
    complaintNumber: outcome === null || outcome === 'abandoned' ? complaintNumber : complaintNumber + 1,
  });
  await (id === 'access-denied' ? begin(dc, id, { unsure }) : begin(dc, id));
}

/** The same complaint, taken up again. */
async function againWith(
  dc: DialogContext,
  { memory }: Turn,
  how: { again?: boolean; works?: boolean; objects?: boolean },
) {
  await dc.cancelAllDialogs();
  await begin(dc, 'access-denied', { feature: memory.complaint?.feature ?? null, ...how });
}

async function answer(dc: DialogContext, turn: Turn, line: Parameters<Turn['say']>[0]): Promise<void> {
  if (!turn.restarted) turn.say(line);
  await askAgain(dc, turn);
  if (turn.restarted) turn.offer([turn.words.action('hand-off')]);
}

async function notUnderstood(dc: DialogContext, turn: Turn): Promise<void> {
  turn.memory.misses += 1;
  turn.unanswered = turn.recognized.text;
  if (!turn.restarted) turn.say('not-understood');
  await askAgain(dc, turn);
  const { offered } = turn.memory;
  if (turn.memory.misses >= patience) turn.offerPerson(offered);
  else
    turn.offer(
      [...offered.filter(({ means }) => means !== 'hand-off'), turn.words.action('hand-off')],
      turn.memory.asked ?? { yes: 'hand-off', no: null },
    );
}

/** What waited for an answer still does. */
async function askAgain(dc: DialogContext, turn: Turn): Promise<void> {
  if (dc.activeDialog) await dc.repromptDialog();
  else turn.offer(turn.offeredBefore, turn.askedBefore);
}
