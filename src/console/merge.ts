import type { Person } from '../domain/agent.ts';
import { SupportError } from '../domain/errors.ts';
import type { AgentAction } from '../domain/ports.ts';
import type { Reply } from '../domain/reply.ts';
import type { FiledTicket, Ticket } from '../domain/ticket.ts';

/** Whether two tickets are surely one person's: proved to be, or written in the same conversation. */
export function isOnePersons(one: Ticket, other: Ticket): boolean {
  const [a, b] = [one.who.subject, other.who.subject];
  const isSame = a !== null && b !== null && a.accountId === b.accountId && a.userId === b.userId;
  return isSame || one.conversationId === other.conversationId;
}

/** What lets a ticket go on in another one. Throws `message-invalid` where they are not one person's. */
export function merging(gone: FiledTicket, kept: FiledTicket, by: Person, tells: Reply): Omit<AgentAction, 'id'> {
  const { number } = gone.ticket;
  const into = kept.ticket.number;
  if (number === into || !isOnePersons(gone.ticket, kept.ticket))
    throw new SupportError('message-invalid', { detail: 'only tickets of one person can be merged' });
  const holder = gone.work.holder;
  if (holder && holder.id !== by.id) throw new SupportError('ticket-changed');
  return {
    ticket: number,
    by,
    action: 'merge',
    detail: `into ${into}`,
    when: { states: ['waiting', 'sent', 'claimed'], holder: holder?.id ?? null },
    becomes: { state: 'closed', holder: by },
    merges: { into, tells },
  };
}
