import type { DialogContext } from 'botbuilder-dialogs';
import { begin } from './dialog-options.ts';
import { emptyComplaint } from './memory.ts';
import { tellTicketStatus, type StatusNeeds } from './ticket-status.ts';
import { turnOf, type Turn } from './turn.ts';

/** What throws away what was said must be plainer than what asks for more. */
const plain = 0.6;

/** Longer texts in the middle of a question are answers, not orders. */
const longestOrder = 60;

/** Acts on what may be said in every state: a person, cancel, start over, help, news of a ticket. True when the turn is done. */
export async function interrupted(dc: DialogContext, needs: StatusNeeds): Promise<boolean> {
  const turn = turnOf(dc.context);
  const { intent, confidence, text } = turn.recognized;
  const active = dc.activeDialog?.id;
  if (active === 'hand-off' && text.length > longestOrder) return false;
  if ((intent === 'cancel' || intent === 'restart') && confidence < plain) {
    turn.recognized = { ...turn.recognized, intent: null };
    return false;
  }
  switch (intent) {
    case 'hand-off':
      await dc.cancelAllDialogs();
      await begin(dc, 'hand-off');
      return true;
    case 'cancel':
      if (active === 'withdraw-ticket') return false;
      await dc.cancelAllDialogs();
      await stop(dc, turn);
      return true;
    case 'restart':
      await dc.cancelAllDialogs();
      Object.assign(turn.memory, emptyComplaint(), { complaintNumber: turn.memory.complaintNumber + 1, misses: 0 });
      turn.say('starting-over');
      return true;
    case 'help':
    case 'identity':
      turn.say(intent === 'help' ? 'what-i-do' : 'i-am-a-bot');
      await goOn(dc, turn);
      return true;
    case 'ticket-status':
      await tellTicketStatus(turn, needs);
      if (dc.activeDialog && dc.activeDialog.id !== 'rate-answer') await dc.repromptDialog();
      return true;
    default:
      return false;
  }
}

/** What was handed to a person is not taken back without asking; nothing is said to be unsent that was sent. */
async function stop(dc: DialogContext, turn: Turn): Promise<void> {
  if (turn.memory.ticket !== null) {
    await begin(dc, 'withdraw-ticket');
    return;
  }
  turn.say(turn.memory.lastTicket === null ? 'stopped' : 'stopped-after-ticket');
  turn.offer([turn.words.action('hand-off'), turn.words.action('restart')]);
}

/** What waited for an answer still does. */
async function goOn(dc: DialogContext, turn: Turn): Promise<void> {
  // Only an answer is followed by the question whether it was one.
  if (dc.activeDialog && dc.activeDialog.id !== 'rate-answer') await dc.repromptDialog();
  else
    turn.offer(turn.offeredBefore.length > 0 ? turn.offeredBefore : [turn.words.action('hand-off')], turn.askedBefore);
}
