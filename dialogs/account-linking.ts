import type { DialogContext } from 'botbuilder-dialogs';
import { begin } from './dialog-options.ts';
import type { Services } from './services.ts';
import type { Turn } from './turn.ts';

/** What cannot be answered without looking at an account. */
const aboutAccount = ['access-denied', 'check-account', 'account-question', 'done', 'didnt-work', 'worked'];

/**
 * Holds back what belongs to one customer where others read along and they have no private chat, and asks whose account it is where nobody knows yet:
 * a channel of its own knows its users, but not their accounts. True when there was nothing else to do in this turn.
 */
export function heldBack(dc: DialogContext, turn: Turn, { clock }: Pick<Services, 'clock'>): boolean {
  if (turn.shared && isOfOne(turn)) {
    turn.say(turn.recognized.intent === 'hand-off' ? 'private-failed' : 'private-first');
    return true;
  }
  if (!isUnlinked(turn) || !isAboutAccount(turn) || dc.activeDialog?.id === 'hand-off') return false;
  if (turn.recognized.intent === 'access-denied') turn.recordComplaint(turn.recognized, clock.now());
  turn.say('link-how', { chat: chatName(turn) });
  turn.offer([turn.words.action('hand-off')]);
  return true;
}

/**
 * Takes to the private chat with whoever wrote it what belongs to them alone, as if they had asked there, and hints at that where
 * they did. True when there was nothing else to do in this turn.
 */
export async function tookToPrivate(turn: Turn, { askInPrivate }: Pick<Services, 'askInPrivate'>): Promise<boolean> {
  const { inbound, from, conversationId } = turn;
  if (inbound.type !== 'message' || !(inbound.inPrivate || (turn.shared && isOfOne(turn)))) return false;
  const { author = null, seq = 0 } = from ?? {};
  const { text, files = 0 } = inbound;
  const isTaken = author !== null && (await askInPrivate({ author, seq, conversationId, text, files }));
  if (isTaken || inbound.inPrivate) turn.hint(isTaken ? 'answer-in-private' : 'private-failed');
  return isTaken || inbound.inPrivate === true;
}

function isOfOne(turn: Turn): boolean {
  return turn.recognized.intent === 'hand-off' || isAboutAccount(turn);
}

function isAboutAccount({ recognized: { intent } }: Turn): boolean {
  return intent !== null && aboutAccount.includes(intent);
}

/** The chat outside of our site, as customers call it. */
export function chatName({ channel }: Turn): string {
  return channel.charAt(0).toUpperCase() + channel.slice(1);
}

/** Whether nobody knows yet which account a user of Teams or Slack has; on the web, who is not signed in has none. */
export function isUnlinked({ channel, subject }: Turn): boolean {
  return channel !== 'direct-line' && subject === null;
}

/** What came of a code that was sent: the complaint that waited for it is looked into at once. */
export async function tellLink(
  dc: DialogContext,
  turn: Turn,
  came: 'linked' | 'code-wrong' | 'code-shared',
): Promise<void> {
  if (came !== 'linked') {
    turn.say(came);
    return;
  }
  turn.say('linked', { name: turn.subject?.name ?? turn.subject?.accountId ?? '' });
  await dc.cancelAllDialogs();
  const { complaint } = turn.memory;
  if (complaint) await begin(dc, 'access-denied', { feature: complaint.feature, known: true });
}
