import type { Agent } from '../domain/agent.ts';
import type { ActivitySet, WireActivity } from '../domain/direct-line.ts';
import type { Ticket } from '../domain/ticket.ts';

const hidden = 'Not shown to writers: it may tell how to reach somebody who was not verified.';

/** Whether somebody may read how a customer who was not verified can be reached: whoever only owns the words may not. */
export function maySeeContacts({ roles }: Pick<Agent, 'roles'>): boolean {
  return roles.some((role) => role !== 'writer');
}

/** The ticket as those read it who may not. */
export function withoutContact(ticket: Ticket): Ticket {
  const { unverifiedContact, ...who } = ticket.who;
  return unverifiedContact === undefined ? ticket : { ...ticket, who };
}

/** Whether the customer's words in the conversation may hold a contact that the ticket does not have yet. */
export function mayTellContact({ who }: Ticket): boolean {
  return who.subject === null || who.unverifiedContact !== undefined;
}

/** A frame of the conversation without what the customer wrote. */
export function withoutWords(frame: string): string {
  const set = JSON.parse(frame) as ActivitySet;
  return JSON.stringify({ ...set, activities: set.activities.map(hide) } satisfies ActivitySet);
}

function hide(one: WireActivity): WireActivity {
  return one.from?.role === 'user' ? { ...one, text: hidden } : one;
}
