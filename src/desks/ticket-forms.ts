import type { Ticket } from '../domain/ticket.ts';
import type { TicketPlace } from '../tickets/section.ts';
import { ticketAdf, type AdfDocument } from '../tickets/ticket-adf.ts';
import { ticketHtml } from '../tickets/ticket-html.ts';
import { ticketJson } from '../tickets/ticket-json.ts';
import { ticketText } from '../tickets/ticket-text.ts';

/** A ticket as a desk may want to have it. */
export interface TicketForms {
  readonly toHtml: (ticket: Ticket) => string;
  readonly toText: (ticket: Ticket) => string;
  readonly toAdf: (ticket: Ticket) => AdfDocument;
  readonly toJson: (ticket: Ticket) => object;
}

/** Every form, with what a ticket links to at our server. */
export function ticketForms(placeOf: (ticket: Ticket) => TicketPlace): TicketForms {
  return {
    toHtml: (ticket) => ticketHtml(ticket, placeOf(ticket)),
    toText: (ticket) => ticketText(ticket, placeOf(ticket)),
    toAdf: (ticket) => ticketAdf(ticket, placeOf(ticket)),
    toJson: (ticket) => ticketJson(ticket, placeOf(ticket)),
  };
}
