import { StepsDialog, type Next } from './steps-dialog.ts';
import type { DialogOptions } from './dialog-options.ts';
import type { Turn } from './turn.ts';

type Step = 'ask' | 'takeAnswer';

/** A person closed the ticket: the bot is back, and asks whether it is solved. A no opens the ticket again. */
export function askSolved() {
  return new StepsDialog<DialogOptions['ask-solved'], Step>(
    'ask-solved',
    () => ({ ticket: '', by: '', atDesk: false }),
    {
      ask(turn, { ticket, by }) {
        // From here on another request for a person is another ticket.
        if (turn.memory.ticket === ticket) turn.memory.ticket = null;
        turn.say('ticket-closed', { ticket, name: by }, { kind: 'person-left', name: by });
        return { waitFor: 'takeAnswer', actions: [turn.words.action('solved'), turn.words.action('not-solved')] };
      },

      takeAnswer(turn, { ticket, atDesk }) {
        const { intent } = turn.recognized;
        if (intent === 'solved' || intent === 'yes' || intent === 'worked' || intent === 'thanks')
          return solved(turn, ticket);
        if (intent === 'not-solved' || intent === 'no' || intent === 'didnt-work' || intent === 'objection')
          return notSolved(turn, ticket, atDesk);
        return 'pass';
      },
    },
  );
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
