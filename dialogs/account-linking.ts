import type { DialogContext } from 'botbuilder-dialogs';
import { begin } from './dialog-options.ts';
import type { Services } from './services.ts';
import type { Turn } from './turn.ts';

/** What cannot be answered without looking at an account. */
const aboutAccount = ['access-denied', 'check-account', 'account-question', 'done', 'didnt-work', 'worked'];

type HeldBackNeeds = Pick<Services, 'clock' | 'askInPrivate'>;

/**
 * Holds back what belongs to one customer where others read along, and asks whose account it is where nobody knows yet:
 * a channel of its own knows its users, but not their accounts. True when there was nothing else to do in this turn.
 */
export async function heldBack(dc: DialogContext, turn: Turn, needs: HeldBackNeeds): Promise<boolean> {
  const { clock } = needs;
  const { intent } = turn.recognized;
  const isAbout = intent !== null && aboutAccount.includes(intent);
  if (turn.shared && intent === 'hand-off') {
    turn.say((await beganInPrivate(turn, needs)) ? 'person-in-private' : 'private-failed');
    return true;
  }
  if (turn.shared && isAbout) {
    turn.say('private-first');
    return true;
  }
  if (!isUnlinked(turn) || !isAbout || dc.activeDialog?.id === 'hand-off') return false;
  if (intent === 'access-denied') turn.recordComplaint(turn.recognized, clock.now());
  turn.say('link-how', { chat: chatName(turn) });
  turn.offer([turn.words.action('hand-off')]);
  return true;
}

/** Takes to the private chat what is to be answered there. True when there was nothing else to do in this turn. */
export async function tookToPrivate(turn: Turn, needs: Pick<Services, 'askInPrivate'>): Promise<boolean> {
  const { inbound } = turn;
  if (inbound.type !== 'message' || !inbound.inPrivate) return false;
  turn.hint((await beganInPrivate(turn, needs)) ? 'answer-in-private' : 'private-failed');
  return true;
}

/** It is answered where nobody reads along, as if the customer had asked there. */
async function beganInPrivate(
  { from, conversationId, recognized }: Turn,
  { askInPrivate }: Pick<Services, 'askInPrivate'>,
): Promise<boolean> {
  const { author = null, seq = 0 } = from ?? {};
  return author !== null && askInPrivate({ author, seq, conversationId, text: recognized.text });
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
