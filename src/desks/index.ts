import type { Check, CheckNeeds, CheckResult } from '../domain/check.ts';
import type { Conversations, Desk, Queue } from '../domain/ports.ts';
import { firstSet, mapped, type Setting, type SettingsReader, type SettingValue } from '../domain/settings.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { TicketPlace } from '../tickets/section.ts';
import { createBuiltInDesk } from './built-in/index.ts';
import type { CallNeeds } from './call.ts';
import { emailSettings } from './email/settings.ts';
import { answerByEmail, answerInFreshdesk, answerInJira, answerInZendesk, inLatchkey } from './how-to-answer.ts';
import { freshdeskSettings } from './freshdesk/settings.ts';
import { jiraSettings } from './jira/settings.ts';
import type { TicketForms } from './ticket-forms.ts';
import type { TranscriptOf } from './transcript.ts';
import { webhookSettings } from './webhook/settings.ts';
import { zendeskSettings } from './zendesk/settings.ts';

/** What every desk may need besides its settings: what it calls with, and a ticket as it may want to have it. */
interface DeskParts extends CallNeeds, TicketForms {
  readonly transcriptOf: TranscriptOf;
}

/**
 * A desk: its name, its settings, how agents there answer the customer, and what is loaded where it is the one: what makes it of
 * its settings, and what asks whether it takes us.
 */
function desk<Name extends string, S>(
  name: Name,
  settings: Setting<S>,
  answer: (ticket: Ticket, settings: S) => string,
  load: () => Promise<(needs: S & DeskParts) => Desk>,
  loadCheck: () => Promise<(settings: S, needs: CheckNeeds) => Promise<CheckResult>>,
) {
  return { name, settings: mapped(settings, (set) => ({ name, ...set })), answer, load, loadCheck };
}

/** LIST 3: every external desk. */
const desks = [
  desk(
    'webhook',
    webhookSettings,
    inLatchkey,
    async () => (await import('./webhook/index.ts')).createWebhook,
    async () => (await import('./webhook/check.ts')).checkWebhook,
  ),
  desk(
    'zendesk',
    zendeskSettings,
    answerInZendesk,
    async () => (await import('./zendesk/index.ts')).createZendesk,
    async () => (await import('./zendesk/check.ts')).checkZendesk,
  ),
  desk(
    'freshdesk',
    freshdeskSettings,
    answerInFreshdesk,
    async () => (await import('./freshdesk/index.ts')).createFreshdesk,
    async () => (await import('./freshdesk/check.ts')).checkFreshdesk,
  ),
  desk(
    'jira',
    jiraSettings,
    answerInJira,
    async () => (await import('./jira/index.ts')).createJira,
    async () => (await import('./jira/check.ts')).checkJira,
  ),
  desk(
    'email',
    emailSettings,
    answerByEmail,
    async () => (await import('./email/index.ts')).createEmail,
    async () => (await import('./email/check.ts')).checkEmail,
  ),
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

/** The desk of the settings, which alone is loaded; null: the built-in one. */
export async function createDesk(
  settings: DeskSettings | null,
  { queue, conversations, linksOf, ...calls }: DeskNeeds,
): Promise<Desk> {
  const found = desks.find(({ name }) => name === settings?.name);
  if (!settings || !found) return createBuiltInDesk(queue);
  // Found by their name, they are its own.
  const load = found.load as () => Promise<(needs: DeskSettings & DeskParts) => Desk>;
  const answer = found.answer as (ticket: Ticket, settings: DeskSettings) => string;
  const placeOf = (ticket: Ticket) => ({ ...linksOf(ticket), answer: answer(ticket, settings) });
  const [create, { ticketForms }, { createTranscriptOf }] = await Promise.all([
    load(),
    import('./ticket-forms.ts'),
    import('./transcript.ts'),
  ]);
  return create({ ...settings, ...calls, ...ticketForms(placeOf), transcriptOf: createTranscriptOf(conversations) });
}

/** A check of the desk of the settings. */
export function deskCheck(settings: DeskSettings): Check {
  const { loadCheck } = desks.find(({ name }) => name === settings.name) ?? desks[0];
  // Found by their name, they are its own.
  const load = loadCheck as () => Promise<(settings: DeskSettings, needs: CheckNeeds) => Promise<CheckResult>>;
  return { name: settings.name, run: async (needs) => (await load())(settings, needs) };
}
