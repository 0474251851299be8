import type { Tickets } from '../domain/ports.ts';
import type { FiledTicket } from '../domain/ticket.ts';

/** One ticket for each conversation in which a ticket's customer is answered: itself, then those that went on in it. */
export async function talksOf(
  tickets: Pick<Tickets, 'joined'>,
  filed: FiledTicket,
): Promise<readonly [FiledTicket, ...FiledTicket[]]> {
  const seen = new Set([filed.ticket.conversationId]);
  const joined = await tickets.joined(filed.ticket.number);
  return [filed, ...joined.filter(({ ticket: { conversationId: id } }) => !seen.has(id) && seen.add(id))];
}
