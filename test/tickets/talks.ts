import type { Ticket } from '../../src/domain/ticket.ts';
import { createWorld } from '../support/world.ts';

/** What customers write until they have a ticket. */
const talks = {
  'over-limit': ['I get access denied when I try to export', 'Check again', 'thanks', 'No', 'The steps didn’t help'],
  'all-good': ['403 on the reports page, request id req_8Kd02', 'Check again', 'Talk to a person'],
  nobody: ['access denied', 'Talk to a person', 'ada@example.com', 'Export', 'No changes', 'Not sure'],
} as const;

/** The customers whose tickets are compared whole. */
export const talkers = Object.keys(talks) as readonly (keyof typeof talks)[];

/** The ticket of a real conversation. */
export async function ticketOf(customer: keyof typeof talks): Promise<Ticket> {
  const world = await createWorld(customer);
  try {
    await world.begin();
    for (const words of talks[customer]) await world.write(words);
    const [filed] = await world.store.tickets.newest(1);
    if (!filed) throw new Error(`${customer} has no ticket`);
    return filed.ticket;
  } finally {
    await world.close();
  }
}
