import type { SendMailOptions, Transporter } from 'nodemailer';
import { SupportError } from '../../domain/errors.ts';
import type { Desk } from '../../domain/ports.ts';
import type { FiledTicket, LaterMessage, Ticket } from '../../domain/ticket.ts';
import { isLoopback } from '../../domain/web-address.ts';
import { visible } from '../../tickets/formatting.ts';
import { agentSubject, laterHtml, laterId, markOf } from '../desk-text.ts';
import { verifiedPerson } from '../verified-person.ts';
import { mailHtml } from './mail-html.ts';
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

/** Does something with the mail server, within a deadline. Throws as `Desk` says. */
export async function withTransport(
  settings: EmailSettings,
  deadlineMs: number,
  use: (transport: Transporter) => Promise<unknown>,
): Promise<void> {
  // Loaded for the first ticket: it takes a tenth of a second.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(optionsOf(settings, deadlineMs));
  try {
    await withDeadline(use(transport), deadlineMs);
  } catch (error) {
    throw failureOf(error, settings);
  } finally {
    transport.close();
  }
}

function optionsOf({ host, port, secure, login }: EmailSettings, deadlineMs: number) {
  const timeouts = { dnsTimeout: deadlineMs, connectionTimeout: deadlineMs, greetingTimeout: deadlineMs };
  return {
    ...{ host, port, secure, ...timeouts, socketTimeout: deadlineMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
    // A password goes to no other machine in the clear.
    requireTLS: login !== null && !secure && !isLoopback(host),
    ...(login && { auth: { user: login.user, pass: login.pass } }),
  };
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

async function withDeadline<T>(sent: Promise<T>, deadlineMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject({ code: 'ETIMEDOUT' }), deadlineMs);
  try {
    return await Promise.race([sent, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the server said besides its status is left out: it may repeat the message. */
function failureOf(error: unknown, { host, port }: EmailSettings): SupportError {
  const { code = '', responseCode } = error as { code?: string; responseCode?: number };
  if (responseCode === undefined)
    return new SupportError('desk-unavailable', {
      detail: `The mail server ${host}:${port} could not be used: ${systemsWord(error) ?? code}.`,
    });
  const detail = `The mail server ${host}:${port} answered ${responseCode}.`;
  return new SupportError(responseCode >= 500 ? 'desk-refused' : 'desk-unavailable', { detail });
}

/** Such as ECONNREFUSED, which tells more than nodemailer’s own ESOCKET; null: the system said nothing. */
function systemsWord(error: unknown): string | null {
  const found = /\b(?:connect|getaddrinfo) (E[A-Z_]+)\b/.exec(error instanceof Error ? error.message : '');
  return found?.[1] ?? null;
}
