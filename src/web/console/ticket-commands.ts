import type { Person } from '../../domain/agent.ts';
import type { Priority } from '../../domain/ticket.ts';
import type { Me, TicketActionName, TicketDetail } from '../../tickets/console-json.ts';
import { confirmed } from './confirm.ts';
import type { Notice, OpenTicket } from './open-ticket.ts';
import { causeName, deskName } from './labels.ts';

/** What agents do with the open ticket. Each resolves to whether it was done. */
export interface TicketCommands {
  claim(): Promise<boolean>;
  takeOver(): Promise<boolean>;
  assign(to: Person): Promise<boolean>;
  rank(to: Priority): Promise<boolean>;
  /** Closes it, and it goes on in the other one. */
  merge(into: string): Promise<boolean>;
  release(): Promise<boolean>;
  handBack(): Promise<boolean>;
  close(cause: string): Promise<boolean>;
  reopen(): Promise<boolean>;
  requeue(): Promise<boolean>;
  note(id: string, text: string): Promise<boolean>;
  /** Claims the ticket first where nobody has it. */
  reply(id: string, text: string): Promise<boolean>;
}

/** The commands on one ticket, as this agent. */
export function ticketCommands(ticket: OpenTicket, me: Me): TicketCommands {
  const simple = (action: TicketActionName, text: string) => ticket.act(action, {}, () => done(text));
  const claim = (from: Person | null) =>
    ticket.act('claim', { from: from?.id ?? null }, () => done('This ticket is yours now.'));
  return {
    claim: () => claim(null),
    takeOver: () => takeOver(ticket, claim),
    assign: (to) => {
      const from = ticket.detail?.row.holder?.id ?? null;
      return ticket.act('assign', { to: to.id, from }, () => done(`Assigned to ${to.name}.`, true));
    },
    rank: (to) => {
      const from = ticket.detail?.row.priority;
      return ticket.act('priority', { to, from }, () => done(`The priority is ${to} now.`));
    },
    merge: async (into) => {
      const number = ticket.number ?? '';
      const question = `${number} closes and goes on as ${into}, with what the customer writes later. The customer is told so.`;
      if (!(await confirmed(question, `Merge into ${into}`))) return false;
      return ticket.act('merge', { into }, () => done(`It goes on as ${into}.`));
    },
    release: () => simple('release', 'Put back: it waits for the next agent.'),
    handBack: () => simple('hand-back', 'The bot speaks with the customer again.'),
    close: (cause) => ticket.act('close', { cause }, () => done(`Closed: ${causeName(me, cause)}.`, true)),
    reopen: () => simple('reopen', 'Open again.'),
    requeue: () => simple('requeue', `It is on its way to ${deskName(ticket.detail?.row.delivery.desk ?? '')} again.`),
    note: (id, text) => ticket.act('note', { id, text }, (fresh) => wrote('Note added.', fresh)),
    reply: async (id, text) => {
      if (ticket.permissions?.claim && !(await claim(null))) return false;
      return ticket.act('reply', { id, text }, (fresh) => wrote('Sent.', fresh));
    },
  };
}

const done = (text: string, next = false): Notice => ({ kind: 'done', text, next });

async function takeOver({ detail }: OpenTicket, claim: (from: Person) => Promise<boolean>): Promise<boolean> {
  const holder = detail?.row.holder ?? null;
  if (!holder || !(await confirmed(takeOverText(holder), `Take over from ${holder.name}`))) return false;
  return claim(holder);
}

const takeOverText = ({ name }: Person): string =>
  `${name} has this ticket now. If you take it over, ${name} can no longer reply to this customer.`;

/** What was taken out of a text is shown; that it is there can be seen. */
function wrote(text: string, { removed = [] }: TicketDetail): Notice {
  if (removed.length === 0) return { kind: 'spoken', text };
  const what = removed.map((kind) => `a ${kind.replaceAll('-', ' ')}`).join(' and ');
  return { kind: 'done', text: `${text} For safety, ${what} was taken out of it.` };
}
