import type { DialogContext } from 'botbuilder-dialogs';
import { isQuestion } from '../src/language/is-question.ts';
import { ACCEPT_THRESHOLD } from '../src/language/rank-intents.ts';
import { isBareAnswer } from './bare-answer.ts';
import { begin } from './dialog-options.ts';
import { amendTicket } from './hand-off.ts';
import type { Services } from './services.ts';
import { statusOf, tellTicketStatus, ticketNow } from './ticket-status.ts';
import type { Turn } from './turn.ts';

type Needs = Pick<Services, 'tickets' | 'expectedResponse' | 'office' | 'agentWords' | 'clock' | 'search'>;

/** What is answered as it is before a ticket. */
const answered = ['ask-article', 'check-account', 'link-account', 'account-question', 'done', 'repeat', 'no-person'];

/** Listens after a ticket was opened: what is written is added to it, and said so. True when the turn is done. */
export async function listenedAfterTicket(dc: DialogContext, turn: Turn, needs: Needs): Promise<boolean> {
  const { intent } = turn.recognized;
  if (turn.memory.ticket === null || isAnotherComplaint(turn)) return false;
  if (intent !== null && answered.includes(intent)) return false;
  if (intent === null && isQuestion(turn.recognized.text) && needs.search(turn.recognized.text)?.isCertain)
    return false;
  if (intent === 'thanks') turn.say('thanked');
  else if (intent === 'worked') await begin(dc, 'withdraw-ticket', { works: true });
  else if (isBareAnswer(turn.recognized) && !turn.theirWords()) turn.say('acknowledged');
  else if (intent === 'greeting' || isBareAnswer(turn.recognized)) await tellTicketStatus(turn, needs);
  else await addToTicket(turn, needs);
  return true;
}

/** Writes down what was said, for whoever reads the ticket, and says how it stands with it. */
async function addToTicket(turn: Turn, needs: Needs): Promise<void> {
  const { memory } = turn;
  if (memory.ticket === null) return;
  const filed = await ticketNow(memory.ticket, needs.tickets);
  const ticket = filed?.ticket.number ?? memory.ticket;
  amendTicket(turn, needs, null);
  const theirs = turn.theirWords();
  const body = { kind: 'ticket', ticket } as const;
  if (theirs) turn.reply(theirs.ticket(ticket), body);
  else {
    const added = turn.words.line('added-to-ticket', { ticket });
    turn.reply(filed ? `${added} ${statusOf(turn, filed, needs)}` : added, body);
  }
}

/** A plain complaint about another feature has a talk of its own. */
function isAnotherComplaint({ recognized, memory }: Turn): boolean {
  const { intent, confidence, entities } = recognized;
  const isOther = entities.feature !== null && entities.feature !== (memory.complaint?.feature ?? null);
  return intent === 'access-denied' && confidence >= ACCEPT_THRESHOLD && isOther;
}
