import type { Desk, Queue } from '../domain/ports.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { TicketLinks } from '../tickets/sections.ts';
import { ticketHtml } from '../tickets/ticket-html.ts';
import { ticketJson } from '../tickets/ticket-json.ts';
import { ticketText } from '../tickets/ticket-text.ts';
import { createBuiltInDesk } from './built-in.ts';
import type { CallNeeds } from './call.ts';
import { createEmail, type EmailAccess } from './email.ts';
import { createFreshdesk, type FreshdeskAccess } from './freshdesk.ts';
import { createJira, type JiraAccess } from './jira.ts';
import { createWebhook, type WebhookAccess } from './webhook.ts';
import { createZendesk, type ZendeskAccess } from './zendesk.ts';

/** LIST 3: every external desk and how it is reached. */
export type DeskSettings =
  | ({ readonly name: 'webhook' } & WebhookAccess)
  | ({ readonly name: 'zendesk' } & ZendeskAccess)
  | ({ readonly name: 'freshdesk' } & FreshdeskAccess)
  | ({ readonly name: 'jira' } & JiraAccess)
  | ({ readonly name: 'email' } & EmailAccess);

/** What desks need besides their settings. */
export interface DeskNeeds extends CallNeeds {
  readonly queue: Queue;
  /** What a ticket links to at our server. */
  readonly linksOf: (ticket: Ticket) => TicketLinks;
}

/** The desk of the settings; null: the built-in one. */
export function createDesk(settings: DeskSettings | null, needs: DeskNeeds): Desk {
  const { queue, linksOf } = needs;
  const toHtml = (ticket: Ticket) => ticketHtml(ticket, linksOf(ticket));
  const toText = (ticket: Ticket) => ticketText(ticket, linksOf(ticket));
  const toJson = (ticket: Ticket) => ticketJson(ticket, linksOf(ticket));
  switch (settings?.name) {
    case undefined:
      return createBuiltInDesk(queue);
    case 'webhook':
      return createWebhook({ ...needs, ...settings, toJson });
    case 'zendesk':
      return createZendesk({ ...needs, ...settings, toHtml });
    case 'freshdesk':
      return createFreshdesk({ ...needs, ...settings, toHtml });
    case 'jira':
      return createJira({ ...needs, ...settings, toText });
    case 'email':
      return createEmail({ ...settings, toHtml, toText });
  }
}
