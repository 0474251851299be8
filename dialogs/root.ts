import type { DialogContext } from 'botbuilder-dialogs';
import type { TicketClosed } from '../src/domain/activity.ts';
import { splitPasted } from '../src/domain/split-pasted.ts';
import { begin } from './dialog-options.ts';
import { toldOfFiles } from './files.ts';
import { answerQuickIntents } from './multiple-intents.ts';
import { interrupted } from './interruptions.ts';
import { answeredInTheirLanguage } from './other-language.ts';
import { heldBack, tellLink } from './account-linking.ts';
import { start, type StartNeeds } from './start.ts';
import { turnOf, type Turn } from './turn.ts';

/** Answers a message: interruptions first, then the dialog that is waiting, then the dialog named like the intent. */
export async function onMessage(dc: DialogContext, needs: StartNeeds): Promise<void> {
  await answer(dc, needs);
  endWhatWasHandedOver(dc);
}

/** Where a ticket was opened, only its own questions still wait: what is written from now on is added to it. */
function endWhatWasHandedOver({ stack, context }: DialogContext): void {
  const turn = turnOf(context);
  const own = stack.filter(({ id }) => id === 'hand-off');
  if (!turn.ticket || own.length === stack.length) return;
  stack.splice(0, stack.length, ...own);
  if (own.length === 0) turn.offer([]);
}

async function answer(dc: DialogContext, needs: StartNeeds): Promise<void> {
  const turn = turnOf(dc.context);
  turn.reachOutcome('abandoned');
  if (toldOfFiles(dc, turn, needs)) return;
  noteDetails(dc, turn);
  if (heldBack(dc, turn, needs)) return;
  if (answeredInTheirLanguage(dc, turn, needs)) return;
  await answerQuickIntents(dc, turn);
  if (await interrupted(dc, needs)) {
    turn.memory.misses = 0;
    return;
  }
  if (dc.activeDialog) {
    await dc.continueDialog();
    if (!turn.passed) {
      turn.memory.misses = 0;
      return;
    }
    turn.passed = false;
  }
  await start(dc, turn, needs);
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

/** An error code, a request id or a time may come in any message; the first of each is kept, and the first that was pasted. */
function noteDetails({ activeDialog }: DialogContext, { memory, recognized }: Turn): void {
  const { complaint } = memory;
  if (!complaint) return;
  const { intent, entities } = recognized;
  const { errorCode, requestId, time } = entities;
  const isNews = complaint.words !== recognized.text;
  const pasted = complaint.pasted ?? (isNews ? splitPasted(recognized.text).pasted : null);
  memory.complaint = {
    ...complaint,
    ...(pasted !== null && { pasted }),
    errorCode: complaint.errorCode ?? errorCode,
    requestId: complaint.requestId ?? requestId,
    // The hand-off asks when other things happened, and who contradicts tells when something else did.
    time: complaint.time ?? (activeDialog?.id === 'hand-off' || intent === 'objection' ? null : time),
  };
}
