import type { DialogContext } from 'botbuilder-dialogs';
import type { Services } from './services.ts';
import type { Talk } from './talk.ts';

/** What cannot be answered without looking at an account. */
const aboutAccount = ['access-denied', 'check-account', 'done', 'didnt-work'];

/**
 * Holds back what belongs to one customer where others read along, and asks whose account it is where nobody knows yet:
 * a channel of its own knows its users, but not their accounts. True when there was nothing else to do in this turn.
 */
export function heldBack(dc: DialogContext, talk: Talk, { clock }: Pick<Services, 'clock'>): boolean {
  const { intent } = talk.heard;
  const isAbout = intent !== null && aboutAccount.includes(intent);
  if (talk.shared && (isAbout || intent === 'hand-off')) {
    talk.say('private-first');
    return true;
  }
  if (!isUnlinked(talk) || !isAbout || dc.activeDialog?.id === 'hand-off') return false;
  if (intent === 'access-denied') talk.complain(talk.heard, clock.now());
  talk.say('link-how', { chat: chatName(talk) });
  talk.offer([talk.words.action('hand-off')]);
  return true;
}

/** The chat outside of our site, as customers call it. */
export function chatName({ channel }: Talk): string {
  return channel.charAt(0).toUpperCase() + channel.slice(1);
}

/** Whether nobody knows yet which account a user of Teams or Slack has; on the web, who is not signed in has none. */
export function isUnlinked({ channel, subject }: Talk): boolean {
  return channel !== 'direct-line' && subject === null;
}

/** What came of a code that was sent: the complaint that waited for it is looked into at once. */
export async function tellLink(dc: DialogContext, talk: Talk, came: string): Promise<void> {
  if (came !== 'linked') {
    talk.say(came === 'code-shared' ? 'code-shared' : 'code-wrong');
    return;
  }
  talk.say('linked', { name: talk.subject?.name ?? talk.subject?.accountId ?? '' });
  await dc.cancelAllDialogs();
  const { complaint } = talk.memory;
  if (complaint) await dc.beginDialog('access-denied', { feature: complaint.feature, known: true });
}
