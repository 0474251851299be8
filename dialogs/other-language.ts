import type { DialogContext } from 'botbuilder-dialogs';
import { ellipsize } from '../src/domain/truncate.ts';
import { ACCEPT_THRESHOLD } from '../src/language/rank-intents.ts';
import type { Services } from './services.ts';
import { longestNoted, type Turn } from './turn.ts';

/** From this confidence on a text is understood in spite of its language: "Export geht nicht, access denied". */
const certain = ACCEPT_THRESHOLD;

const answering = ['hand-off', 'yes', 'no', 'no-person'];

/** Whoever has said nothing yet learns in the language of their client which one we understand. */
export function tellLanguage(turn: Turn): void {
  const [language = ''] = turn.locale.toLowerCase().split('-');
  const known = turn.words.inLanguage(language);
  if (known) turn.reply(known.line);
}

/**
 * Tells whoever writes in another language, in that language, what we understand, and offers a person. True when there
 * was nothing else to do in this turn.
 */
export function answeredInTheirLanguage(dc: DialogContext, turn: Turn, { clock }: Pick<Services, 'clock'>): boolean {
  const { recognized, memory, words } = turn;
  if (recognized.language === null) {
    // A button is pressed in any language.
    if (recognized.intent !== null && recognized.confidence < 1) memory.language = null;
    return false;
  }
  turn.note('wrote', { text: ellipsize(recognized.text, longestNoted) });
  // What the hand-off asked for is written down as it is.
  if (dc.activeDialog?.id === 'hand-off') return false;
  const known = words.inLanguage(recognized.language);
  const understood = recognized.intent !== null && recognized.confidence >= certain;
  const isNew = memory.language !== recognized.language;
  memory.language = recognized.language;
  // Whoever asks for a person, or answers, needs to hear nothing else.
  if (understood && answering.includes(recognized.intent)) return false;
  if (memory.ticket !== null && !understood) return false;
  if (!understood || isNew) turn.reply(known?.line ?? words.line('other-language'));
  if (understood) return false;
  if (!memory.complaint) turn.recordComplaint(recognized, clock.now());
  turn.offer([known?.handOff ?? words.action('hand-off')], { yes: 'hand-off', no: 'no-person' });
  return true;
}
