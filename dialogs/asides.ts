import type { DialogContext } from 'botbuilder-dialogs';
import type { Heard } from '../src/domain/heard.ts';
import type { Talk } from './talk.ts';

/** Questions that are answered in one turn. */
const quick = ['check-account', 'ask-article'];
/** What a message with several things is about in the first place. */
const first = ['hand-off', 'access-denied', 'didnt-work', 'done'];

/**
 * Of a message that says several things ("I can't export, and how much have I used?"), answers the quick questions at
 * once and leaves the main thing to the dialogs, so that what they ask comes last.
 */
export async function answerAsides(dc: DialogContext, talk: Talk): Promise<void> {
  const said = [talk.heard, ...talk.heard.also].toSorted((a, b) => rank(a) - rank(b));
  const [main, ...others] = said;
  if (!main || others.length === 0) return;
  for (const aside of others.filter(isQuick)) {
    talk.heard = aside;
    await dc.beginDialog(aside.intent ?? '', { brief: true });
  }
  talk.heard = { ...main, also: others };
}

function isQuick({ intent }: Heard): boolean {
  return intent !== null && quick.includes(intent);
}

function rank({ intent }: Heard): number {
  const at = first.indexOf(intent ?? '');
  return at < 0 ? first.length : at;
}
