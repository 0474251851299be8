import { z } from 'zod';
import { roles, type Agent } from '../domain/agent.ts';
import { SupportError } from '../domain/errors.ts';
import type { Conversations, Store, TicketQuery } from '../domain/ports.ts';
import { text } from '../domain/schemas.ts';
import { ticketViews } from '../domain/ticket.ts';
import { json } from '../http/answer.ts';
import type { Call, Route } from '../http/route.ts';
import type { AuditPage, Me, NamedCause, TicketCounts, TicketDetail, TicketPage } from '../tickets/console-json.ts';
import type { AuthGuard } from './auth-guard.ts';
import { impersonalDetail, impersonalRow, maySeePersons } from './impersonal.ts';
import { detailOf, entryOf, rowOf } from './ticket-rows.ts';

/** What the console's API stands on. */
export interface ApiNeeds {
  readonly store: Pick<Store, 'tickets' | 'audit'> & Pick<Conversations, 'load'>;
  readonly auth: AuthGuard;
  /** Where tickets go. */
  readonly desk: string;
  readonly causes: readonly NamedCause[];
}

const pageSize = 50;
const mostCounted = 100;
const mostEarlier = 10;

const listQuery = z.strictObject({
  view: z.enum(ticketViews).default('waiting'),
  cause: text(100).optional(),
  after: text(40).optional(),
});
const searchQuery = z.strictObject({ q: text(320) });

/** What the console reads below `/console/api`, as JSON. */
export function apiRoutes({ store, auth, desk, causes }: ApiNeeds): Route[] {
  return [
    [
      'get',
      '/console/api/me',
      async (call) => {
        const me: Me = { agent: await auth.agentOf(call, ...roles), desk, causes };
        return json(me);
      },
    ],
    [
      'get',
      '/console/api/tickets',
      async (call) => {
        const agent = await auth.agentOf(call, ...roles);
        return json(await pageFor(store, agent, queryOf(call)));
      },
    ],
    [
      'get',
      '/console/api/tickets/:number',
      async (call) => {
        const agent = await auth.agentOf(call, ...roles);
        return json(await detail(store, numberOf(call), agent));
      },
    ],
    [
      'get',
      '/console/api/audit',
      async (call) => {
        await auth.agentOf(call, 'operator');
        const { before } = parse(z.strictObject({ before: text(100).optional() }), queryOf(call));
        const entries = await store.audit.newest(pageSize, before);
        const last = entries.length === pageSize ? entries.at(-1) : undefined;
        const page: AuditPage = { entries: entries.map(entryOf), next: last ? `${last.at}.${last.id}` : null };
        return json(page);
      },
    ],
  ];
}

async function pageFor(store: ApiNeeds['store'], agent: Agent, query: Record<string, string>): Promise<TicketPage> {
  return { ...(await listFor(store, agent, query)), counts: await countsFor(store, agent) };
}

async function listFor(
  store: ApiNeeds['store'],
  agent: Agent,
  query: Record<string, string>,
): Promise<Omit<TicketPage, 'counts'>> {
  const seesPersons = maySeePersons(agent);
  const shown = seesPersons ? rowOf : impersonalRow;
  if ('q' in query) {
    const what = parse(searchQuery, query).q.trim();
    const found = await store.tickets.search(what, pageSize);
    // By an address or an account it would tell that somebody had a ticket.
    const mayKnow = found.filter(({ ticket }) => seesPersons || ticket.number === what.toUpperCase());
    return { tickets: mayKnow.map(shown), next: null };
  }
  const asked: TicketQuery = { ...parse(listQuery, query), holder: agent.id, limit: pageSize };
  const tickets = await store.tickets.list(asked);
  const isMore = tickets.length === pageSize && asked.view !== 'dead';
  return { tickets: tickets.map(shown), next: isMore ? (tickets.at(-1)?.ticket.number ?? null) : null };
}

async function countsFor({ tickets }: ApiNeeds['store'], { id: holder }: Agent): Promise<TicketCounts> {
  const [waiting, mine] = await Promise.all([
    tickets.count({ view: 'waiting' }, mostCounted),
    tickets.count({ view: 'mine', holder }, mostCounted),
  ]);
  return { waiting, mine };
}

/** A ticket with everything that this agent may see of it. Throws `not-found`. */
export async function detail(store: ApiNeeds['store'], number: string, agent: Agent): Promise<TicketDetail> {
  const found = await store.tickets.find(number);
  if (!found) throw new SupportError('not-found');
  const { conversationId, who } = found.ticket;
  const customer = who.subject && `${who.subject.accountId}|${who.subject.userId}`;
  const [notes, history, conversation, earlier] = await Promise.all([
    store.tickets.notes(number),
    store.audit.ofTicket(number),
    store.load(conversationId),
    customer === null ? [] : store.tickets.search(customer, mostEarlier),
  ]);
  const others = earlier.filter(({ ticket }) => ticket.number !== number);
  const around = { notes, history, answering: conversation?.answering ?? null, earlier: others };
  return maySeePersons(agent) ? detailOf(found, around) : impersonalDetail(found, around);
}

/** The ticket that a path names. */
export function numberOf({ params }: Call): string {
  return params.number ?? '';
}

function queryOf(call: Call): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(call.getQuery()));
}

/** Throws `message-invalid`. */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const checked = schema.safeParse(value);
  if (!checked.success) throw new SupportError('message-invalid', { cause: checked.error });
  return checked.data;
}
