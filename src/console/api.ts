import { z } from 'zod';
import { roles, type Agent } from '../domain/agent.ts';
import { SupportError } from '../domain/errors.ts';
import type { Conversations, Store, TicketQuery } from '../domain/ports.ts';
import { text } from '../domain/schemas.ts';
import { withFacts, type SavedReply } from '../domain/saved-replies.ts';
import type { AnswerBy } from '../domain/response-targets.ts';
import { ticketViews, type FiledTicket } from '../domain/ticket.ts';
import { json } from '../http/answer.ts';
import type { Call, Route } from '../http/route.ts';
import type { AuditPage, Me, NamedCause, TicketCounts, TicketDetail, TicketPage } from '../tickets/console-json.ts';
import { savedReplyFactsOf } from '../tickets/saved-reply-facts.ts';
import type { AuthGuard } from './auth-guard.ts';
import type { Colleagues } from './colleagues.ts';
import { impersonalDetail, impersonalRow, maySeePersons } from './impersonal.ts';
import { talksOf } from './talks-of.ts';
import { detailOf, entryOf, rowOf } from './ticket-rows.ts';

/** What the console's API stands on. */
export interface ApiNeeds {
  readonly store: Pick<Store, 'tickets' | 'audit'> & Pick<Conversations, 'load'>;
  readonly auth: AuthGuard;
  /** Where tickets go. */
  readonly desk: string;
  readonly causes: readonly NamedCause[];
  readonly answerBy: AnswerBy;
  readonly colleagues: Colleagues;
  /** The writers’ texts as they are now. */
  readonly savedReplies: () => readonly SavedReply[];
}

const pageSize = 50;
const mostCounted = 100;
const mostEarlier = 10;

const listQuery = z.strictObject({
  view: z.enum(ticketViews).default('waiting'),
  cause: text(100).optional(),
  after: text(40).optional(),
});
const searchQuery = z.strictObject({ q: text(320), after: text(40).optional() });

/** What the console reads below `/console/api`, as JSON. */
export function apiRoutes(needs: ApiNeeds): Route[] {
  const { store, auth, desk, causes } = needs;
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
        return json(await pageFor(needs, agent, queryOf(call)));
      },
    ],
    [
      'get',
      '/console/api/tickets/:number',
      async (call) => {
        const agent = await auth.agentOf(call, ...roles);
        return json(await detail(needs, numberOf(call), agent));
      },
    ],
    [
      'get',
      '/console/api/tickets/:number/replies',
      async (call) => {
        const agent = await auth.agentOf(call, 'agent');
        const found = await store.tickets.find(numberOf(call));
        if (!found) throw new SupportError('not-found');
        const facts = savedReplyFactsOf(found.ticket, agent);
        const filled = needs.savedReplies().map((one) => ({ ...one, text: withFacts(one.text, facts) }));
        return json(filled satisfies readonly SavedReply[]);
      },
    ],
    [
      'get',
      '/console/api/colleagues',
      async (call) => {
        await auth.agentOf(call, 'agent');
        return json(await needs.colleagues.list());
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

type TicketNeeds = Pick<ApiNeeds, 'store' | 'answerBy'>;

async function pageFor(needs: TicketNeeds, agent: Agent, query: Record<string, string>): Promise<TicketPage> {
  return { ...(await listFor(needs, agent, query)), counts: await countsFor(needs.store, agent) };
}

async function listFor(
  { store, answerBy }: TicketNeeds,
  agent: Agent,
  query: Record<string, string>,
): Promise<Omit<TicketPage, 'counts'>> {
  const shown = (filed: FiledTicket) => (maySeePersons(agent) ? rowOf : impersonalRow)(filed, answerBy);
  if ('q' in query) {
    const { q, after } = parse(searchQuery, query);
    // By a name or words it would tell that somebody had a ticket.
    const found = maySeePersons(agent)
      ? await store.tickets.search(q, { after, limit: pageSize })
      : await numbered(store, q);
    return { tickets: found.map(shown), next: nextOf(found) };
  }
  const asked: TicketQuery = { ...parse(listQuery, query), holder: agent.id, limit: pageSize };
  const tickets = await store.tickets.list(asked);
  return { tickets: tickets.map(shown), next: asked.view === 'dead' ? null : nextOf(tickets) };
}

function nextOf(page: readonly FiledTicket[]): string | null {
  return page.length === pageSize ? (page.at(-1)?.ticket.number ?? null) : null;
}

async function numbered(store: ApiNeeds['store'], number: string): Promise<readonly FiledTicket[]> {
  const found = await store.tickets.find(number.trim().toUpperCase());
  return found ? [found] : [];
}

async function countsFor({ tickets }: ApiNeeds['store'], { id: holder }: Agent): Promise<TicketCounts> {
  const [waiting, mine, unread] = await Promise.all([
    tickets.count({ view: 'waiting' }, mostCounted),
    tickets.count({ view: 'mine', holder }, mostCounted),
    tickets.countUnread(holder, mostCounted),
  ]);
  return { waiting, mine, unread };
}

/** A ticket with everything that this agent may see of it. Throws `not-found`. */
export async function detail({ store, answerBy }: TicketNeeds, number: string, agent: Agent): Promise<TicketDetail> {
  const found = await store.tickets.find(number);
  if (!found) throw new SupportError('not-found');
  const [notes, history, conversation, talks, earlier] = await Promise.all([
    store.tickets.notes(number),
    store.audit.ofTicket(number),
    store.load(found.ticket.conversationId),
    talksOf(store.tickets, found),
    store.tickets.besides(found.ticket, mostEarlier),
  ]);
  const [, ...joined] = talks;
  const around = { notes, history, answering: conversation?.answering ?? null, joined, earlier, answerBy };
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
