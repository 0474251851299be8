import type { Desk, Queue } from '../domain/ports.ts';
import { firstSet, mapped, type Setting, type SettingsReader, type SettingValue } from '../domain/settings.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { TicketLinks } from '../tickets/section.ts';
import { ticketHtml } from '../tickets/ticket-html.ts';
import { ticketJson } from '../tickets/ticket-json.ts';
import { ticketText } from '../tickets/ticket-text.ts';
import { createBuiltInDesk } from './built-in/index.ts';
import type { CallNeeds } from './call.ts';
import { createEmail } from './email/index.ts';
import { emailSettings } from './email/settings.ts';
import { createFreshdesk } from './freshdesk/index.ts';
import { freshdeskSettings } from './freshdesk/settings.ts';
import { createJira } from './jira/index.ts';
import { jiraSettings } from './jira/settings.ts';
import { createWebhook } from './webhook/index.ts';
import { webhookSettings } from './webhook/settings.ts';
import { createZendesk } from './zendesk/index.ts';
import { zendeskSettings } from './zendesk/settings.ts';

/** What every desk may need besides its settings: what it calls with, and a ticket as it may want to have it. */
interface DeskParts extends CallNeeds {
  readonly toHtml: (ticket: Ticket) => string;
  readonly toText: (ticket: Ticket) => string;
  readonly toJson: (ticket: Ticket) => object;
}

/** A desk: its name, its settings, and what makes it of them. */
function desk<Name extends string, S>(name: Name, settings: Setting<S>, create: (needs: S & DeskParts) => Desk) {
  return { name, settings: mapped(settings, (set) => ({ name, ...set })), create };
}

/** LIST 3: every external desk. */
const desks = [
  desk('webhook', webhookSettings, createWebhook),
  desk('zendesk', zendeskSettings, createZendesk),
  desk('freshdesk', freshdeskSettings, createFreshdesk),
  desk('jira', jiraSettings, createJira),
  desk('email', emailSettings, createEmail),
] as const;

/** An external desk by its name, and how it is reached. */
export type DeskSettings = SettingValue<(typeof desks)[number]['settings']>;

/** Reads which desk tickets go to; null: the built-in one. A second desk is complained of. */
export function readDesk(settings: SettingsReader): DeskSettings | null {
  const [one, ...others] = desks.filter((desk) => firstSet(desk.settings, settings) !== undefined);
  if (!one) return null;
  for (const other of others)
    settings.complain(
      firstSet(other.settings, settings) ?? '',
      `left out, for tickets go to one desk and ${firstSet(one.settings, settings) ?? ''} is set too`,
    );
  return one.settings.read(settings) ?? null;
}

/** What desks need besides their settings. */
export interface DeskNeeds extends CallNeeds {
  readonly queue: Queue;
  /** What a ticket links to at our server. */
  readonly linksOf: (ticket: Ticket) => TicketLinks;
}

/** Where a ticket's transcript and article are, on a server that is reached at `url`. */
export function linksAt(url: string): DeskNeeds['linksOf'] {
  return ({ number, article }) => ({
    transcript: `${url}/console/tickets/${number}`,
    article: article ? `${url}/articles/${encodeURIComponent(article.slug)}` : undefined,
  });
}

/** The desk of the settings; null: the built-in one. */
export function createDesk(settings: DeskSettings | null, { queue, linksOf, ...calls }: DeskNeeds): Desk {
  const found = desks.find(({ name }) => name === settings?.name);
  if (!settings || !found) return createBuiltInDesk(queue);
  // Found by their name, they are its own.
  const create = found.create as (needs: DeskSettings & DeskParts) => Desk;
  return create({
    ...settings,
    ...calls,
    toHtml: (ticket) => ticketHtml(ticket, linksOf(ticket)),
    toText: (ticket) => ticketText(ticket, linksOf(ticket)),
    toJson: (ticket) => ticketJson(ticket, linksOf(ticket)),
  });
}
