import type { DialogContext } from 'botbuilder-dialogs';
import { emptyEpisode } from './memory.ts';
import { talkOf } from './talk.ts';

/** What throws away what was said must be plainer than what asks for more. */
const plain = 0.6;

/** Longer texts in the middle of a question are answers, not orders. */
const longestOrder = 60;

/** Acts on what may be said in every state: a person, cancel, start over, help. True when the turn is done. */
export async function interrupted(dc: DialogContext): Promise<boolean> {
  const talk = talkOf(dc.context);
  const asking = dc.activeDialog?.id === 'hand-off';
  if (asking && talk.heard.text.length > longestOrder) return false;
  const throwsAway = talk.heard.intent === 'cancel' || talk.heard.intent === 'restart';
  if (throwsAway && talk.heard.confidence < plain) return false;
  switch (talk.heard.intent) {
    case 'hand-off':
      if (asking) return false;
      await dc.cancelAllDialogs();
      await dc.beginDialog('hand-off');
      return true;
    case 'cancel':
      await dc.cancelAllDialogs();
      talk.say('stopped');
      talk.offer([talk.words.action('hand-off'), talk.words.action('restart')]);
      return true;
    case 'restart':
      await dc.cancelAllDialogs();
      Object.assign(talk.memory, emptyEpisode(), { episode: talk.memory.episode + 1, misses: 0 });
      talk.say('starting-over');
      return true;
    case 'help':
      talk.say('what-i-do');
      if (dc.activeDialog) await dc.repromptDialog();
      else talk.offer(talk.offeredBefore.length > 0 ? talk.offeredBefore : [talk.words.action('hand-off')]);
      return true;
    default:
      return false;
  }
}
