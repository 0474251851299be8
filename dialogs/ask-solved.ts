import { StepsDialog, type Next } from './steps-dialog.ts';
import type { Talk } from './talk.ts';

interface Saved {
  ticket: string;
  /** The name of who closed it. */
  by: string;
  /** It was closed at an external desk, which then has to know of a no. */
  atDesk: boolean;
}

/** A person closed the ticket: the bot is back, and asks whether it is solved. A no opens the ticket again. */
export function askSolved() {
  return new StepsDialog<Saved>('ask-solved', () => ({ ticket: '', by: '', atDesk: false }), {
    ask(talk, { ticket, by }) {
      // From here on another request for a person is another ticket.
      if (talk.memory.ticket === ticket) talk.memory.ticket = null;
      talk.say('ticket-closed', { ticket, name: by }, { kind: 'person-left', name: by });
      return { hear: 'hear', actions: [talk.words.action('solved'), talk.words.action('not-solved')] };
    },

    hear(talk, { ticket, atDesk }) {
      const { intent } = talk.heard;
      if (intent === 'solved' || intent === 'yes' || intent === 'worked' || intent === 'thanks')
        return solved(talk, ticket);
      if (intent === 'not-solved' || intent === 'no' || intent === 'didnt-work') return notSolved(talk, ticket, atDesk);
      return 'pass';
    },
  });
}

function solved(talk: Talk, ticket: string): Next {
  talk.solved = { ticket, solved: true };
  talk.say('ticket-solved');
  return { end: undefined };
}

function notSolved(talk: Talk, ticket: string, atDesk: boolean): Next {
  talk.solved = { ticket, solved: false };
  talk.memory.ticket = ticket;
  if (atDesk) talk.later = ticket;
  talk.say('ticket-reopened', { ticket }, { kind: 'ticket', ticket });
  return { end: undefined };
}
