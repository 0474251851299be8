import { StepsDialog } from './steps-dialog.ts';
import type { Talk } from './talk.ts';

interface Saved {
  ticket: string;
  /** The name of who closed it. */
  by: string;
}

/** A person closed the ticket: the bot is back, and asks whether it is solved. A no opens the ticket again. */
export function askSolved() {
  return new StepsDialog<Saved>('ask-solved', () => ({ ticket: '', by: '' }), {
    ask(talk, { ticket, by }) {
      // From here on another request for a person is another ticket.
      if (talk.memory.ticket === ticket) talk.memory.ticket = null;
      talk.say('ticket-closed', { ticket, name: by }, { kind: 'person-left', name: by });
      return { hear: 'hear', actions: [talk.words.action('solved'), talk.words.action('not-solved')] };
    },

    hear(talk, { ticket }) {
      const { intent } = talk.heard;
      if (intent === 'solved' || intent === 'yes' || intent === 'worked' || intent === 'thanks')
        return answered(talk, ticket, true);
      if (intent === 'not-solved' || intent === 'no' || intent === 'didnt-work') return answered(talk, ticket, false);
      return 'pass';
    },
  });
}

function answered(talk: Talk, ticket: string, solved: boolean) {
  talk.solved = { ticket, solved };
  if (solved) talk.say('ticket-solved');
  else {
    talk.memory.ticket = ticket;
    talk.say('ticket-reopened', { ticket }, { kind: 'ticket', ticket });
  }
  return { end: undefined };
}
