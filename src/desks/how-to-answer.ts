import type { Ticket } from '../domain/ticket.ts';
import { channelName, oneLine } from '../tickets/formatting.ts';
import { verifiedPerson } from './verified-person.ts';
import type { ZendeskSettings } from './zendesk/settings.ts';

/** Where the customer reads what agents write. Nobody can be found again who was not signed in. */
function placeOf({ who: { channel, subject, unverifiedContact } }: Ticket): string {
  const where = channelName(channel);
  const isLost = subject === null && where === 'the web chat';
  if (!isLost) return where;
  const typed = unverifiedContact === undefined ? '' : ', or by the contact that they typed';
  return `the chat window that they had open${typed}`;
}

/** Answering in our own console works with every desk. */
export function inLatchkey(ticket: Ticket): string {
  return `Open ${ticket.number} in Latchkey and claim it: what you write there reaches ${nameOf(ticket)} in ${placeOf(ticket)}.`;
}

/** In Zendesk, whose hook brings public replies to the chat where it is set. */
export function answerInZendesk(ticket: Ticket, { webhookSecret }: Pick<ZendeskSettings, 'webhookSecret'>): string {
  if (webhookSecret !== null) return `A public reply here appears in ${placeOf(ticket)}.`;
  return `${inLatchkey(ticket)} ${mailed(ticket)}`;
}

/** In Freshdesk, which mails replies to the requester. */
export function answerInFreshdesk(ticket: Ticket): string {
  return `${inLatchkey(ticket)} ${mailed(ticket)}`;
}

/** In Jira, where the reporter is our own account. */
export function answerInJira(ticket: Ticket): string {
  return `${inLatchkey(ticket)} A comment here reaches nobody: the reporter is our own account.`;
}

/** By mail, which has the customer's verified address as the one to reply to. */
export function answerByEmail(ticket: Ticket): string {
  const person = verifiedPerson(ticket);
  if (!person) return `${inLatchkey(ticket)} A reply to this mail reaches nobody.`;
  return `${inLatchkey(ticket)} A reply to this mail goes to ${person.email} and quotes this ticket: take it out.`;
}

function mailed(ticket: Ticket): string {
  const person = verifiedPerson(ticket);
  return person ? `A reply here is mailed to ${person.email}, not to the chat.` : 'A reply here reaches nobody.';
}

function nameOf({ who: { subject } }: Ticket): string {
  return oneLine(subject?.name ?? '') || 'the customer';
}
