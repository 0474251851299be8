import type { DialogContext } from 'botbuilder-dialogs';
import { CERTAIN_FROM } from '../src/language/judge.ts';
import type { Services } from './services.ts';
import type { Talk } from './talk.ts';

/** From this confidence on a text is understood in spite of its language: "Export geht nicht, access denied". */
const certain = CERTAIN_FROM;

/**
 * Tells whoever writes in another language, in that language, what we understand, and offers a person. True when there
 * was nothing else to do in this turn.
 */
export function answeredInTheirLanguage(dc: DialogContext, talk: Talk, { clock }: Pick<Services, 'clock'>): boolean {
  const { heard, memory, words } = talk;
  if (heard.language === null) {
    // A button is pressed in any language.
    if (heard.intent !== null && heard.confidence < 1) memory.language = null;
    return false;
  }
  // What the hand-off asked for is written down as it is.
  if (dc.activeDialog?.id === 'hand-off') return false;
  const known = words.inLanguage(heard.language);
  const understood = heard.intent !== null && heard.confidence >= certain;
  if (!understood || memory.language !== heard.language) talk.reply(known?.line ?? words.line('other-language'));
  memory.language = heard.language;
  if (understood) return false;
  if (!memory.complaint) talk.complain(heard, clock.now());
  talk.offer([known?.handOff ?? words.action('hand-off')]);
  return true;
}
