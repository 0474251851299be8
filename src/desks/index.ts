import type { Check, CheckNeeds, CheckResult } from '../domain/check.ts';
import type { Conversations, Desk, Queue } from '../domain/ports.ts';
import { firstSet, mapped, type Setting, type SettingsReader, type SettingValue } from '../domain/settings.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { TicketPlace } from '../tickets/section.ts';
import { ticketAdf, type AdfDocument } from '../tickets/ticket-adf.ts';
import { ticketHtml } from '../tickets/ticket-html.ts';
import { ticketJson } from '../tickets/ticket-json.ts';
import { ticketText } from '../tickets/ticket-text.ts';
import { createBuiltInDesk } from './built-in/index.ts';
import type { CallNeeds } from './call.ts';
import { checkEmail } from './email/check.ts';
import { createEmail } from './email/index.ts';
import { emailSettings } from './email/settings.ts';
import { answerByEmail, answerInFreshdesk, answerInJira, answerInZendesk, inLatchkey } from './how-to-answer.ts';
import { checkFreshdesk } from './freshdesk/check.ts';
import { createFreshdesk } from './freshdesk/index.ts';
import { freshdeskSettings } from './freshdesk/settings.ts';
import { checkJira } from './jira/check.ts';
import { createJira } from './jira/index.ts';
import { jiraSettings } from './jira/settings.ts';
import { createTranscriptOf, type TranscriptOf } from './transcript.ts';
import { checkWebhook } from './webhook/check.ts';
import { createWebhook } from './webhook/index.ts';
import { webhookSettings } from './webhook/settings.ts';
import { checkZendesk } from './zendesk/check.ts';
import { createZendesk } from './zendesk/index.ts';
import { zendeskSettings } from './zendesk/settings.ts';

/** What every desk may need besides its settings: what it calls with, and a ticket as it may want to have it. */
interface DeskParts extends CallNeeds {
  readonly toHtml: (ticket: Ticket) => string;
  readonly toText: (ticket: Ticket) => string;
  readonly toAdf: (ticket: Ticket) => AdfDocument;
  readonly toJson: (ticket: Ticket) => object;
  readonly transcriptOf: TranscriptOf;
}

/** A desk: its name, its settings, what makes it of them, how agents there answer the customer, and whether it takes us. */
function desk<Name extends string, S>(
  name: Name,
  settings: Setting<S>,
  create: (needs: S & DeskParts) => Desk,
  answer: (ticket: Ticket, settings: S) => string,
  check: (settings: S, needs: CheckNeeds) => Promise<CheckResult>,
) {
  return { name, settings: mapped(settings, (set) => ({ name, ...set })), create, answer, check };
}

/** LIST 3: every external desk. */
const desks = [
  desk('webhook', webhookSettings, createWebhook, inLatchkey, checkWebhook),
  desk('zendesk', zendeskSettings, createZendesk, answerInZendesk, checkZendesk),
  desk('freshdesk', freshdeskSettings, createFreshdesk, answerInFreshdesk, checkFreshdesk),
  desk('jira', jiraSettings, createJira, answerInJira, checkJira),
  desk('email', emailSettings, createEmail, answerByEmail, checkEmail),
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
  /** Where the talk behind a ticket is. */
  readonly conversations: Pick<Conversations, 'lastSeq' | 'activitiesAfter'>;
  /** What a ticket links to at our server. */
  readonly linksOf: (ticket: Ticket) => TicketPlace;
}

/** Where a ticket's transcript and article are, on a server that is reached at `url`. */
export function linksAt(url: string): DeskNeeds['linksOf'] {
  return ({ number, article }) => ({
    transcript: `${url}/console/tickets/${number}`,
    article: article ? `${url}/articles/${encodeURIComponent(article.slug)}` : undefined,
  });
}

/** The desk of the settings; null: the built-in one. */
export function createDesk(
  settings: DeskSettings | null,
  { queue, conversations, linksOf, ...calls }: DeskNeeds,
): Desk {
  const found = desks.find(({ name }) => name === settings?.name);
  if (!settings || !found) return createBuiltInDesk(queue);
  // Found by their name, they are its own.
  const create = found.create as (needs: DeskSettings & DeskParts) => Desk;
  const answer = found.answer as (ticket: Ticket, settings: DeskSettings) => string;
  const placeOf = (ticket: Ticket) => ({ ...linksOf(ticket), answer: answer(ticket, settings) });
  return create({
    ...settings,
    ...calls,
    toHtml: (ticket) => ticketHtml(ticket, placeOf(ticket)),
    toText: (ticket) => ticketText(ticket, placeOf(ticket)),
    toAdf: (ticket) => ticketAdf(ticket, placeOf(ticket)),
    toJson: (ticket) => ticketJson(ticket, placeOf(ticket)),
    transcriptOf: createTranscriptOf(conversations),
  });
}

/** A check of the desk of the settings. */
export function deskCheck(settings: DeskSettings): Check {
  const { check } = desks.find(({ name }) => name === settings.name) ?? desks[0];
  // Found by their name, they are its own.
  const run = check as (settings: DeskSettings, needs: CheckNeeds) => Promise<CheckResult>;
  return { name: settings.name, run: (needs) => run(settings, needs) };
}
