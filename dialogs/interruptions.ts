import type { DialogContext } from 'botbuilder-dialogs';
import { begin } from './dialog-options.ts';
import { emptyComplaint } from './memory.ts';
import { turnOf } from './turn.ts';

/** What throws away what was said must be plainer than what asks for more. */
const plain = 0.6;

/** Longer texts in the middle of a question are answers, not orders. */
const longestOrder = 60;

/** Acts on what may be said in every state: a person, cancel, start over, help. True when the turn is done. */
export async function interrupted(dc: DialogContext): Promise<boolean> {
  const turn = turnOf(dc.context);
  const asking = dc.activeDialog?.id === 'hand-off';
  if (asking && turn.recognized.text.length > longestOrder) return false;
  const throwsAway = turn.recognized.intent === 'cancel' || turn.recognized.intent === 'restart';
  if (throwsAway && turn.recognized.confidence < plain) return false;
  switch (turn.recognized.intent) {
    case 'hand-off':
      if (asking) return false;
      await dc.cancelAllDialogs();
      await begin(dc, 'hand-off');
      return true;
    case 'cancel':
      await dc.cancelAllDialogs();
      turn.say('stopped');
      turn.offer([turn.words.action('hand-off'), turn.words.action('restart')]);
      return true;
    case 'restart':
      await dc.cancelAllDialogs();
      Object.assign(turn.memory, emptyComplaint(), { complaintNumber: turn.memory.complaintNumber + 1, misses: 0 });
      turn.say('starting-over');
      return true;
    case 'help':
      turn.say('what-i-do');
      if (dc.activeDialog) await dc.repromptDialog();
      else turn.offer(turn.offeredBefore.length > 0 ? turn.offeredBefore : [turn.words.action('hand-off')]);
      return true;
    default:
      return false;
  }
}
