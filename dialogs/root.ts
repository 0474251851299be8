import type { DialogContext } from 'botbuilder-dialogs';
import type { TicketClosed } from '../src/domain/activity.ts';
import { begin } from './dialog-options.ts';
import { answerQuickIntents } from './multiple-intents.ts';
import { interrupted } from './interruptions.ts';
import { emptyComplaint } from './memory.ts';
import { answeredInTheirLanguage } from './other-language.ts';
import { heldBack, tellLink } from './account-linking.ts';
import type { Services } from './services.ts';
import { turnOf, type Turn } from './turn.ts';

/** After so many turns in a row that were not understood, a person is offered first. */
const patience = 2;

/** Answers a message: interruptions first, then the dialog that is waiting, then the dialog named like the intent. */
export async function onMessage(dc: DialogContext, needs: Pick<Services, 'clock'>): Promise<void> {
  const turn = turnOf(dc.context);
  turn.reachOutcome('abandoned');
  if (hasOnlyFiles(turn)) {
    refuseFiles(turn);
    return;
  }
  noteDetails(dc, turn);
  if (heldBack(dc, turn, needs)) return;
  if (answeredInTheirLanguage(dc, turn, needs)) return;
  await answerQuickIntents(dc, turn);
  if (await interrupted(dc)) {
    understood(turn);
    return;
  }
  if (dc.activeDialog) {
    await dc.continueDialog();
    if (!turn.passed) {
      understood(turn);
      return;
    }
    turn.passed = false;
  }
  await start(dc, turn);
}

/** A person closed the ticket: the bot is back. */
export async function onTicketClosed(dc: DialogContext, { ticket, by, atDesk }: TicketClosed): Promise<void> {
  turnOf(dc.context).reachOutcome('abandoned');
  await dc.cancelAllDialogs();
  await begin(dc, 'ask-solved', { ticket, by, atDesk });
}

/** A code was sent that links this chat to an account, or should have. */
export async function onLinkCode(dc: DialogContext, came: 'linked' | 'code-wrong' | 'code-shared'): Promise<void> {
  const turn = turnOf(dc.context);
  turn.reachOutcome('abandoned');
  await tellLink(dc, turn, came);
}

/** `files` counts what a channel could not pass on. */
function hasOnlyFiles({ inbound }: Turn): boolean {
  return inbound.type === 'message' && (inbound.files ?? 0) > 0 && inbound.text.trim() === '';
}

function refuseFiles(turn: Turn): void {
  turn.say('no-files');
  turn.offer([...turn.offeredBefore.filter(({ means }) => means !== 'hand-off'), turn.words.action('hand-off')]);
}

/** An error code, a request id or a time may come in any message; the first of each is kept. */
function noteDetails({ activeDialog }: DialogContext, { memory, recognized }: Turn): void {
  const { complaint } = memory;
  if (!complaint) return;
  const { errorCode, requestId, time } = recognized.entities;
  memory.complaint = {
    ...complaint,
    errorCode: complaint.errorCode ?? errorCode,
    requestId: complaint.requestId ?? requestId,
    // The hand-off asks when other things happened.
    time: complaint.time ?? (activeDialog?.id === 'hand-off' ? null : time),
  };
}

async function start(dc: DialogContext, turn: Turn): Promise<void> {
  const { intent } = turn.recognized;
  // "Still the same" before anything was told is a complaint too; the dialog asks.
  if (intent === 'access-denied' || (intent === 'didnt-work' && !turn.memory.complaint)) {
    await dc.cancelAllDialogs();
    beginComplaint(turn);
    await begin(dc, 'access-denied');
  } else if (intent === 'ask-article' || intent === 'check-account' || intent === 'link-account') {
    leave(dc, intent);
    await begin(dc, intent);
  } else if ((intent === 'done' || intent === 'didnt-work') && turn.memory.complaint) {
    await dc.cancelAllDialogs();
    await begin(dc, 'access-denied', { feature: turn.memory.complaint.feature, again: true });
  } else if (intent === 'repeat' && turn.memory.steps.length > 0) {
    await begin(dc, 'read-steps', { again: true });
  } else if (intent === 'greeting' || intent === 'yes' || intent === 'no') {
    turn.say('hello');
    await askAgain(dc, turn);
  } else if (intent === 'thanks' || (intent === 'worked' && turn.memory.complaint)) {
    turn.say('thanked');
    await askAgain(dc, turn);
  } else {
    await notUnderstood(dc, turn);
    return;
  }
  understood(turn);
}

/** The next question takes the place of the one before, so that the stack does not grow with every question. */
function leave({ stack }: DialogContext, id: string): void {
  const at = stack.findIndex((one) => one.id === id);
  if (at >= 0) stack.splice(at);
}

/** A new complaint after an outcome has an outcome of its own; before one, it replaces the complaint that was being told. */
function beginComplaint({ memory }: Turn): void {
  const { complaintNumber, outcome } = memory;
  Object.assign(memory, emptyComplaint(), {
    complaintNumber: outcome === null || outcome === 'abandoned' ? complaintNumber : complaintNumber + 1,
  });
}

function understood(turn: Turn): void {
  turn.memory.misses = 0;
}

async function notUnderstood(dc: DialogContext, turn: Turn): Promise<void> {
  turn.memory.misses += 1;
  turn.unanswered = turn.recognized.text;
  if (!turn.restarted) turn.say('not-understood');
  await askAgain(dc, turn);
  const person = turn.words.action('hand-off');
  const others = turn.offeredBefore.filter((action) => action.means !== person.means);
  turn.offer(turn.memory.misses >= patience ? [person, ...others] : [...others, person]);
}

/** What waited for an answer still does. */
async function askAgain(dc: DialogContext, turn: Turn): Promise<void> {
  if (dc.activeDialog) await dc.repromptDialog();
  else turn.offer(turn.offeredBefore);
}
