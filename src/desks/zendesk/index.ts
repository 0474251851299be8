import { z } from 'zod';
import { SupportError } from '../../domain/errors.ts';
import type { Desk } from '../../domain/ports.ts';
import type { FiledTicket, LaterMessage, Ticket, TicketRef } from '../../domain/ticket.ts';
import { startApi, type Api } from '../api.ts';
import type { CallNeeds } from '../call.ts';
import { agentSubject, customerSubject, isMarked, laterHtml, markOf, tagsOf } from '../desk-text.ts';
import { verifiedPerson } from '../verified-person.ts';
import type { ZendeskSettings } from './settings.ts';
import { createZendeskEvents } from './webhook-events.ts';

/** What the Zendesk desk needs. */
export interface ZendeskNeeds extends ZendeskSettings, CallNeeds {
  readonly toHtml: (ticket: Ticket) => string;
}

const filedShape = z.object({ ticket: z.object({ id: z.number().int() }) });
const foundShape = z.object({
  tickets: z.array(filedShape.shape.ticket.extend({ external_id: z.string().nullable() })),
});
const commentsShape = z.object({ comments: z.array(z.object({ plain_body: z.string() })) });
const lastComments = 'sort=-created_at&page[size]=50';

/** Files each ticket in Zendesk, with the ticket’s number as its external id. */
export function createZendesk(needs: ZendeskNeeds): Desk {
  const { url, webhookSecret: secret, clock } = needs;
  return {
    name: 'zendesk',
    async take(ticket, { again }) {
      const api = start(needs);
      // The key is kept for two hours only, and a desk may be down for longer.
      const found = again ? await find(api, url, ticket.number) : null;
      if (found) return found;
      const headers = { 'idempotency-key': ticket.number };
      const body = { ticket: bodyOf(ticket, needs.toHtml) };
      const filed = await api('POST', '/api/v2/tickets.json', filedShape, { headers, body });
      return refOf(url, filed.ticket.id);
    },
    add: (filed, message, { again }) => add(needs, filed, message, again),
    ...(secret !== null && { readEvents: createZendeskEvents({ origin: url.origin, secret, clock }) }),
  };
}

function start(needs: ZendeskNeeds): Api {
  return startApi({ ...needs, user: `${needs.email}/token`, password: needs.token });
}

function refOf(url: URL, id: number): TicketRef {
  return { id: String(id), url: new URL(`/agent/tickets/${id}`, url).href };
}

async function find(api: Api, url: URL, number: string): Promise<TicketRef | null> {
  const { tickets } = await api('GET', `/api/v2/tickets.json?external_id=${encodeURIComponent(number)}`, foundShape);
  const found = tickets.find(({ external_id }) => external_id === number);
  return found ? refOf(url, found.id) : null;
}

async function add(
  needs: ZendeskNeeds,
  { ticket: { number }, work }: FiledTicket,
  message: LaterMessage,
  again: boolean,
) {
  const api = start(needs);
  const ref = work.ref ?? (await find(api, needs.url, number));
  if (!ref) throw new SupportError('desk-refused', { detail: 'The desk does not have this ticket.' });
  const path = `/api/v2/tickets/${encodeURIComponent(ref.id)}`;
  if (again && (await hasComment(api, path, markOf(number, message)))) return;
  await api('PUT', `${path}.json`, filedShape, { body: { ticket: laterBodyOf(number, message) } });
}

/**
 * The comment is an internal note: a public one would be mailed to the requester, and it holds what only agents may read.
 * Without a verified requester Zendesk takes the agent of the token, who is no customer.
 */
function bodyOf(ticket: Ticket, toHtml: ZendeskNeeds['toHtml']) {
  const requester = verifiedPerson(ticket);
  return {
    // Every public reply mails it to the requester.
    subject: requester ? customerSubject(ticket) : agentSubject(ticket),
    comment: { html_body: toHtml(ticket), public: false },
    external_id: ticket.number,
    tags: tagsOf(ticket),
    priority: ticket.priority,
    ...(requester && { requester: { name: requester.name, email: requester.email } }),
  };
}

/** Internal too, or Zendesk would mail customers their own words; `open`, as when they write by e-mail. */
function laterBodyOf(number: string, message: LaterMessage) {
  return { comment: { html_body: laterHtml(number, message), public: false }, status: 'open' };
}

async function hasComment(api: Api, path: string, mark: string): Promise<boolean> {
  const { comments } = await api('GET', `${path}/comments.json?${lastComments}`, commentsShape);
  return comments.some(({ plain_body }) => isMarked(plain_body, mark));
}
