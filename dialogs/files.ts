import type { DialogContext } from 'botbuilder-dialogs';
import { amendTicket } from './hand-off.ts';
import type { Services } from './services.ts';
import type { Turn } from './turn.ts';

/** Says what becomes of the files that came along. True when there were no words with them: the turn is done. */
export function toldOfFiles(
  { activeDialog, stack }: DialogContext,
  turn: Turn,
  needs: Pick<Services, 'agentWords'>,
): boolean {
  const { inbound, memory } = turn;
  if (inbound.type !== 'message') return false;
  const { files = 0, screenshots, text } = inbound;
  const came = screenshots?.length ?? 0;
  if (files + came === 0) return false;
  const isAlone = text.trim() === '';
  if (came > 0) turn.note('screenshot');
  if (came > 0 && isAlone && memory.ticket !== null) {
    amendTicket(turn, needs, null);
    turn.say('screenshot-added', { ticket: memory.ticket }, { kind: 'ticket', ticket: memory.ticket });
  } else if (came > 0) turn.say('screenshot-kept');
  if (files > 0 && screenshots) turn.say('no-screenshot');
  else if (files > 0) turn.say(isAlone ? 'no-files' : 'files-not-taken');
  if (!isAlone) return false;
  // Whoever adds to a ticket does not want it closed.
  if (came > 0 && activeDialog?.id === 'withdraw-ticket') {
    stack.pop();
    return true;
  }
  const before = turn.offeredBefore.filter(({ means }) => means !== 'hand-off');
  const hasPerson = memory.ticket !== null || activeDialog?.id === 'hand-off';
  turn.offer(hasPerson ? turn.offeredBefore : [...before, turn.words.action('hand-off')], turn.askedBefore);
  return true;
}
