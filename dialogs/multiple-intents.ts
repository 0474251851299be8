import type { DialogContext } from 'botbuilder-dialogs';
import type { RecognizerResult } from '../src/domain/recognition.ts';
import { begin } from './dialog-options.ts';
import type { Turn } from './turn.ts';

/** Questions that are answered in one turn. */
const quick = ['check-account', 'ask-article'] as const;
/** What a message with several things is about in the first place. */
const first = ['hand-off', 'sign-in-trouble', 'other-topic', 'access-denied', 'objection', 'didnt-work', 'done'];
/** Whoever contradicts tells what they have, and asks for nothing. */
const contradicting = ['objection', 'no'];

/**
 * Of a message that says several things ("I can't export, and how much have I used?"), answers the quick questions at
 * once and leaves the main thing to the dialogs, so that what they ask comes last.
 */
export async function answerQuickIntents(dc: DialogContext, turn: Turn): Promise<void> {
  const said = [turn.recognized, ...turn.recognized.also].toSorted((a, b) => rank(a) - rank(b));
  const [main, ...others] = said;
  if (!main || others.length === 0) return;
  if (contradicting.includes(main.intent ?? '')) {
    turn.recognized = { ...main, also: others };
    return;
  }
  for (const question of others) {
    const { intent } = question;
    if (!isQuick(intent)) continue;
    turn.recognized = question;
    await (intent === 'ask-article' ? begin(dc, intent, { brief: true }) : begin(dc, intent));
  }
  turn.recognized = { ...main, also: others };
}

function isQuick(intent: string | null): intent is (typeof quick)[number] {
  return quick.some((one) => one === intent);
}

function rank({ intent }: RecognizerResult): number {
  const at = first.indexOf(intent ?? '');
  return at < 0 ? first.length : at;
}
