import type { SendMailOptions } from 'nodemailer';
import type { Desk } from '../../domain/ports.ts';
import type { FiledTicket, LaterMessage, Ticket } from '../../domain/ticket.ts';
import { mailHtml } from '../../mail/mail-html.ts';
import { withTransport } from '../../mail/transport.ts';
import { visible } from '../../tickets/formatting.ts';
import { agentSubject, laterHtml, laterId, markOf } from '../desk-text.ts';
import { verifiedPerson } from '../verified-person.ts';
import type { EmailSettings } from './settings.ts';

/** What the e-mail desk needs. */
export interface EmailNeeds extends EmailSettings {
  readonly toText: (ticket: Ticket) => string;
  readonly toHtml: (ticket: Ticket) => string;
  /** For the whole of one message; 15 s unless told. */
  readonly deadlineMs?: number;
}

/**
 * Sends each ticket as one message, whose Message-ID is made of the ticket’s number, and what is written later as an answer to it: a
 * copy after a crash is the same message.
 */
export function createEmail(needs: EmailNeeds): Desk {
  return {
    name: 'email',
    async take(ticket) {
      const message = messageOf(ticket, needs);
      await send(message, needs);
      return { id: message.messageId, url: null };
    },
    add: (filed, message) => send(laterMessageOf(filed, message, needs), needs),
  };
}

async function send(message: SendMailOptions, needs: EmailNeeds): Promise<void> {
  await withTransport(needs, needs.deadlineMs ?? 15_000, (transport) => transport.sendMail(message));
}

function messageOf(ticket: Ticket, needs: EmailNeeds) {
  return {
    ...envelopeOf(ticket, needs),
    messageId: messageIdOf(ticket.number, needs),
    date: new Date(ticket.openedAt),
    subject: agentSubject(ticket),
    text: needs.toText(ticket),
    html: mailHtml(ticket.number, needs.toHtml(ticket)),
  };
}

function laterMessageOf({ ticket, work }: FiledTicket, message: LaterMessage, needs: EmailNeeds) {
  const { number } = ticket;
  const first = work.ref?.id ?? messageIdOf(number, needs);
  return {
    ...envelopeOf(ticket, needs),
    messageId: messageIdOf(laterId(number, message), needs),
    inReplyTo: first,
    references: first,
    date: new Date(message.at),
    subject: `Re: ${agentSubject(ticket)}`,
    text: `${visible(message.text)}\n\n${markOf(number, message)}\n`,
    html: laterHtml(number, message),
  };
}

function messageIdOf(id: string, { from }: EmailNeeds): string {
  return `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

/** Addresses are given as objects, which nodemailer does not parse: none can bring another one along. */
function envelopeOf(ticket: Ticket, { from, to }: EmailNeeds) {
  const customer = verifiedPerson(ticket);
  return {
    from: { name: 'Latchkey', address: from },
    to: { name: '', address: to },
    ...(customer && { replyTo: { name: customer.name, address: customer.email } }),
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...(ticket.priority === 'high' && { priority: 'high' as const }),
  };
}
