import type { DialogContext } from 'botbuilder-dialogs';
import { answerAsides } from './asides.ts';
import { interrupted } from './interruptions.ts';
import { emptyEpisode } from './memory.ts';
import { answeredInTheirLanguage } from './other-language.ts';
import { heldBack, tellLink } from './places.ts';
import type { Services } from './services.ts';
import { talkOf, type Talk } from './talk.ts';

/** After so many turns in a row that were not understood, a person is offered first. */
const patience = 2;

/** One turn: interruptions first, then the dialog that is waiting, then the dialog named like the intent. */
export async function runRoot(dc: DialogContext, needs: Pick<Services, 'clock'>): Promise<void> {
  const talk = talkOf(dc.context);
  talk.reach('abandoned');
  if (dc.context.activity.type === 'event') {
    await takeEvent(dc, talk);
    return;
  }
  if (hasOnlyFiles(dc)) {
    refuseFiles(talk);
    return;
  }
  noteClues(dc, talk);
  if (heldBack(dc, talk, needs)) return;
  if (answeredInTheirLanguage(dc, talk, needs)) return;
  await answerAsides(dc, talk);
  if (await interrupted(dc)) {
    understood(talk);
    return;
  }
  if (dc.activeDialog) {
    await dc.continueDialog();
    if (!talk.passed) {
      understood(talk);
      return;
    }
    talk.passed = false;
  }
  await start(dc, talk);
}

/** An event is ours: a person closed the ticket, or a code was sent. */
async function takeEvent(dc: DialogContext, talk: Talk): Promise<void> {
  const { name = '', value } = dc.context.activity as { name?: string; value?: object };
  if (name !== 'ticket-closed') {
    await tellLink(dc, talk, name);
    return;
  }
  await dc.cancelAllDialogs();
  await dc.beginDialog('ask-solved', value);
}

/** `files` counts what a channel could not pass on. */
function hasOnlyFiles({ context }: DialogContext): boolean {
  const { text, files = 0 } = context.activity as { text: string; files?: number };
  return files > 0 && text.trim() === '';
}

function refuseFiles(talk: Talk): void {
  talk.say('no-files');
  talk.offer([...talk.offeredBefore.filter(({ means }) => means !== 'hand-off'), talk.words.action('hand-off')]);
}

/** An error code, a request id or a time may come in any message; the first of each is kept. */
function noteClues({ activeDialog }: DialogContext, { memory, heard }: Talk): void {
  const { complaint } = memory;
  if (!complaint) return;
  const { errorCode, requestId, time } = heard.entities;
  memory.complaint = {
    ...complaint,
    errorCode: complaint.errorCode ?? errorCode,
    requestId: complaint.requestId ?? requestId,
    // The hand-off asks when other things happened.
    time: complaint.time ?? (activeDialog?.id === 'hand-off' ? null : time),
  };
}

async function start(dc: DialogContext, talk: Talk): Promise<void> {
  const { intent } = talk.heard;
  // "Still the same" before anything was told is a complaint too; the dialog asks.
  if (intent === 'access-denied' || (intent === 'didnt-work' && !talk.memory.complaint)) {
    await dc.cancelAllDialogs();
    beginEpisode(talk);
    await dc.beginDialog('access-denied');
  } else if (intent === 'ask-article' || intent === 'check-account' || intent === 'connect-chat') {
    leave(dc, intent);
    await dc.beginDialog(intent);
  } else if ((intent === 'done' || intent === 'didnt-work') && talk.memory.complaint) {
    await dc.cancelAllDialogs();
    await dc.beginDialog('access-denied', { feature: talk.memory.complaint.feature, again: true });
  } else if (intent === 'repeat' && talk.memory.steps.length > 0) {
    await dc.beginDialog('read-steps', { again: true });
  } else if (intent === 'greeting' || intent === 'yes' || intent === 'no') {
    talk.say('hello');
    await askAgain(dc, talk);
  } else if (intent === 'thanks' || (intent === 'worked' && talk.memory.complaint)) {
    talk.say('thanked');
    await askAgain(dc, talk);
  } else {
    await notUnderstood(dc, talk);
    return;
  }
  understood(talk);
}

/** The next question takes the place of the one before, so that the stack does not grow with every question. */
function leave({ stack }: DialogContext, id: string): void {
  const at = stack.findIndex((one) => one.id === id);
  if (at >= 0) stack.splice(at);
}

/** A new complaint after an outcome is a new episode; before one, it replaces the complaint that was being told. */
function beginEpisode({ memory }: Talk): void {
  const { episode, outcome } = memory;
  Object.assign(memory, emptyEpisode(), {
    episode: outcome === null || outcome === 'abandoned' ? episode : episode + 1,
  });
}

function understood(talk: Talk): void {
  talk.memory.misses = 0;
}

async function notUnderstood(dc: DialogContext, talk: Talk): Promise<void> {
  talk.memory.misses += 1;
  talk.unanswered = talk.heard.text;
  if (!talk.restarted) talk.say('not-understood');
  await askAgain(dc, talk);
  const person = talk.words.action('hand-off');
  const others = talk.offeredBefore.filter((action) => action.means !== person.means);
  talk.offer(talk.memory.misses >= patience ? [person, ...others] : [...others, person]);
}

/** What waited for an answer still does. */
async function askAgain(dc: DialogContext, talk: Talk): Promise<void> {
  if (dc.activeDialog) await dc.repromptDialog();
  else talk.offer(talk.offeredBefore);
}
