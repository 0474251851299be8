import { z } from 'zod';
import type { Desk } from '../../domain/ports.ts';
import { iso } from '../../domain/instant.ts';
import type { Ticket, TicketRef } from '../../domain/ticket.ts';
import { startApi, type Api } from '../api.ts';
import type { CallNeeds } from '../call.ts';
import { customerSubject, htmlOf, isMarked, laterHtml, markOf, tagsOf } from '../desk-text.ts';
import { idAtDesk } from '../id-at-desk.ts';
import { verifiedPerson } from '../verified-person.ts';
import type { FreshdeskSettings } from './settings.ts';

/** What the Freshdesk desk needs. */
export interface FreshdeskNeeds extends FreshdeskSettings, CallNeeds {
  readonly toHtml: (ticket: Ticket) => string;
}

const madeShape = z.object({ id: z.number().int() });
const ticketShape = madeShape.extend({
  created_at: z.string(),
  custom_fields: z.record(z.string(), z.unknown()).nullish(),
});
const searchShape = z.object({ results: z.array(ticketShape) });
const notesShape = z.array(z.object({ body_text: z.string().nullish(), private: z.boolean() }));
/** Source of the numbers: developers.freshdesk.com/api, “Create a Ticket”. */
const [statusOpen, sourceChat] = [2, 7];
const priorities = { normal: 2, high: 3 } as const;
/** Newest first; what is older than these is in the index of the search by then. */
const [pages, perPage] = [3, 100];
/** Of a ticket's notes, whose order is not told. */
const pagesOfNotes = 10;
const clockSkewMs = 300_000;

/** Files each ticket in Freshdesk: what the customer said as the ticket, the evidence and what comes later as private notes below it. */
export function createFreshdesk(needs: FreshdeskNeeds): Desk {
  const { url, key, field } = needs;
  const start = () => startApi({ ...needs, user: key, password: 'X' });
  return {
    name: 'freshdesk',
    async take(ticket, { again }) {
      const api = start();
      const found = again ? ((await search(api, field, ticket)) ?? (await lookThrough(api, field, ticket))) : null;
      const id = found ?? (await api('POST', '/api/v2/tickets', madeShape, { body: bodyOf(ticket, needs) })).id;
      // Ours names the ticket’s number in its first line.
      if (found === null || !(await hasNote(api, String(id), (text) => text.includes(ticket.number))))
        await writeNote(api, String(id), needs.toHtml(ticket));
      return { id: String(id), url: new URL(`/a/tickets/${id}`, url).href } satisfies TicketRef;
    },
    async add(filed, message, { again }) {
      const { number } = filed.ticket;
      const id = idAtDesk(filed);
      const mark = markOf(number, message);
      const api = start();
      if (again && (await hasNote(api, id, (text) => isMarked(text, mark)))) return;
      await writeNote(api, id, laterHtml(number, message));
    },
  };
}

async function writeNote(api: Api, id: string, html: string): Promise<void> {
  await api('POST', `/api/v2/tickets/${id}/notes`, madeShape, { body: { body: html, private: true } });
}

/** The requester sees subject and description and is mailed both, so the evidence stands elsewhere. */
function bodyOf(ticket: Ticket, { field, requester }: FreshdeskNeeds) {
  const person = verifiedPerson(ticket) ?? { email: requester };
  const words = htmlOf(ticket.problem.words) || 'Not told.';
  return {
    ...person,
    subject: customerSubject(ticket),
    description: `<blockquote>${words}</blockquote><p>Written in the chat · ${ticket.number}</p>`,
    status: statusOpen,
    priority: priorities[ticket.priority],
    source: sourceChat,
    tags: tagsOf(ticket),
    custom_fields: { [field]: ticket.number },
  };
}

async function search(api: Api, field: string, { number }: Ticket): Promise<number | null> {
  const query = encodeURIComponent(`"${field}:'${number}'"`);
  const { results } = await api('GET', `/api/v2/search/tickets?query=${query}`, searchShape);
  return results.find(({ custom_fields }) => custom_fields?.[field] === number)?.id ?? null;
}

/** The search lags behind by minutes, the list does not. */
async function lookThrough(api: Api, field: string, { number, openedAt }: Ticket): Promise<number | null> {
  const since = openedAt - clockSkewMs;
  const order = `updated_since=${iso(since)}&order_by=created_at&order_type=desc&per_page=${perPage}`;
  for (let page = 1; page <= pages; page += 1) {
    const listed = await api('GET', `/api/v2/tickets?${order}&page=${page}`, z.array(ticketShape));
    const found = listed.find(({ custom_fields }) => custom_fields?.[field] === number);
    if (found) return found.id;
    if (listed.length < perPage || listed.some(({ created_at }) => Date.parse(created_at) < since)) return null;
  }
  return null;
}

/** Whether one of its private notes is ours: what end users send is never private. */
async function hasNote(api: Api, id: string, isOurs: (text: string) => boolean): Promise<boolean> {
  for (let page = 1; page <= pagesOfNotes; page += 1) {
    const path = `/api/v2/tickets/${id}/conversations?per_page=${perPage}&page=${page}`;
    const notes = await api('GET', path, notesShape);
    if (notes.some((note) => note.private && isOurs(note.body_text ?? ''))) return true;
    if (notes.length < perPage) return false;
  }
  return false;
}
