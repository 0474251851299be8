import type { FiledTicket } from '../src/domain/ticket.ts';
import { StepsDialog, type Next } from './steps-dialog.ts';
import type { DialogOptions } from './dialog-options.ts';
import { statusOf, ticketNow, type StatusNeeds } from './ticket-status.ts';
import type { Turn } from './turn.ts';

type Step = 'ask' | 'takeAnswer';

const yes = ['solved', 'yes', 'worked', 'thanks'];
const no = ['not-solved', 'no', 'didnt-work', 'objection'];

/**
 * A person closed the ticket: the bot is back, and asks whether it is solved. A no opens the ticket again. Of tickets that were
 * merged it is asked in each conversation, and answered in one.
 */
export function askSolved(needs: StatusNeeds) {
  const { tickets } = needs;
  return new StepsDialog<DialogOptions['ask-solved'], Step>(
    'ask-solved',
    () => ({ ticket: '', by: '', atDesk: false }),
    {
      async ask(turn, { ticket, by }) {
        const { ticket: theirs } = turn.memory;
        const now = theirs === null ? null : await ticketNow(theirs, tickets);
        // From here on another request for a person is another ticket.
        if ((now?.ticket.number ?? theirs) === ticket) turn.memory.ticket = null;
        turn.say('ticket-closed', { ticket, name: by }, { kind: 'person-left', name: by });
        return { waitFor: 'takeAnswer', actions: [turn.words.action('solved'), turn.words.action('not-solved')] };
      },

      async takeAnswer(turn, { ticket, atDesk }) {
        const { intent } = turn.recognized;
        const isYes = intent !== null && yes.includes(intent);
        if (!isYes && (intent === null || !no.includes(intent))) return 'pass';
        const filed = await tickets.find(ticket);
        if (filed && (filed.work.state !== 'closed' || filed.work.solved !== null))
          return answeredElsewhere(turn, filed, needs);
        return isYes ? solved(turn, ticket) : notSolved(turn, ticket, atDesk);
      },
    },
  );
}

/** In another conversation of theirs, or by whoever opened it again. */
function answeredElsewhere(turn: Turn, filed: FiledTicket, needs: StatusNeeds): Next<Step> {
  const { number: ticket } = filed.ticket;
  if (filed.work.state === 'closed') turn.say('ticket-solved-elsewhere', { ticket });
  else turn.reply(statusOf(turn, filed, needs), { kind: 'ticket', ticket });
  return { end: undefined };
}

function solved(turn: Turn, ticket: string): Next<Step> {
  turn.resolution = { ticket, solved: true };
  turn.say('ticket-solved');
  return { end: undefined };
}

function notSolved(turn: Turn, ticket: string, atDesk: boolean): Next<Step> {
  turn.resolution = { ticket, solved: false };
  turn.memory.ticket = ticket;
  if (atDesk) turn.followUp = ticket;
  turn.say('ticket-reopened', { ticket }, { kind: 'ticket', ticket });
  return { end: undefined };
}
