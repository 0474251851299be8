import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { SupportError } from '../../domain/errors.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Clock, Desk } from '../../domain/ports.ts';
import type { LaterMessage, Ticket, TicketRef } from '../../domain/ticket.ts';
import { visible } from '../../tickets/formatting.ts';
import type { AdfDocument } from '../../tickets/ticket-adf.ts';
import { startApi, type Api } from '../api.ts';
import type { CallNeeds } from '../call.ts';
import { agentSubject, isMarked, markOf } from '../desk-text.ts';
import { idAtDesk } from '../id-at-desk.ts';
import { noFormat } from './no-format.ts';
import type { JiraSettings } from './settings.ts';

/** What the Jira desk needs. */
export interface JiraNeeds extends JiraSettings, CallNeeds {
  readonly toAdf: (ticket: Ticket) => AdfDocument;
}

const madeShape = z.object({ issueKey: z.string().min(1) });
const issueShape = z.object({ key: z.string().min(1), fields: z.object({ summary: z.string() }) });
const commentedShape = z.object({ id: z.string() });
const commentsShape = z.object({ comments: z.array(z.object({ body: z.string() })) });
const lastComments = 'orderBy=-created&maxResults=50';
const searchShape = z.object({ issues: z.array(issueShape) });
/** Until the search knows of an issue: “a few seconds to minutes”, developer.atlassian.com “Search And Reconcile”. */
const searchLagMs = 120_000;
/** Tickets whose attempt ended without an answer; of one that goes the search lag is waited for again. */
const mostRaised = 10_000;

/**
 * Raises each ticket as a customer request, its number in the summary. After an attempt whose end is unknown it waits until
 * Jira’s search can be believed, and only then raises it anew. What comes later is an internal comment.
 */
export function createJira(needs: JiraNeeds): Desk {
  const { url, email, token, clock } = needs;
  const start = () => startApi({ ...needs, user: email, password: token });
  const refOf = (key: string): TicketRef => ({ id: key, url: new URL(`/browse/${key}`, url).href });
  /** When a ticket may last have been raised. */
  const raisedAt = new LRUCache<string, Instant>({ max: mostRaised });
  return {
    name: 'jira',
    async take(ticket, { again }) {
      const { number } = ticket;
      const api = start();
      const found = again ? await find(api, number) : null;
      if (again && found === null) waitForSearch(raisedAt, number, clock);
      if (found === null) raisedAt.set(number, clock.now());
      const key = found ?? (await raise(api, ticket, needs));
      raisedAt.delete(number);
      return refOf(key);
    },
    async add(filed, message, { again }) {
      const { number } = filed.ticket;
      const id = idAtDesk(filed);
      const api = start();
      if (again && (await hasComment(api, id, markOf(number, message)))) return;
      await comment(api, id, laterBodyOf(number, message));
    },
  };
}

/** By the platform's list: it alone can begin with the newest. */
async function hasComment(api: Api, id: string, mark: string): Promise<boolean> {
  const { comments } = await api('GET', `/rest/api/2/issue/${id}/comment?${lastComments}`, commentsShape);
  return comments.some(({ body }) => isMarked(body, mark));
}

/** An internal one. */
async function comment(api: Api, id: string, text: string): Promise<void> {
  const body = { body: text, public: false };
  await api('POST', `/rest/servicedeskapi/request/${id}/comment`, commentedShape, { body });
}

function laterBodyOf(number: string, message: LaterMessage): string {
  return `${noFormat(visible(message.text))}\n${markOf(number, message)}`;
}

function waitForSearch(raisedAt: LRUCache<string, Instant>, number: string, clock: Clock): void {
  const at = raisedAt.get(number) ?? clock.now();
  raisedAt.set(number, at);
  if (clock.now() - at >= searchLagMs) return;
  throw new SupportError('desk-unavailable', { detail: 'Jira may have this ticket already: its search lags behind.' });
}

/** A phrase in the summary needs no field that a request type may lack. */
async function find(api: Api, number: string): Promise<string | null> {
  const jql = encodeURIComponent(`summary ~ "\\"${number}\\""`);
  const { issues } = await api('GET', `/rest/api/3/search/jql?jql=${jql}&maxResults=50&fields=summary`, searchShape);
  return issues.find(({ fields }) => fields.summary.split(/\s+/).includes(number))?.key ?? null;
}

/** In our own name: `raiseOnBehalfOf` asks for an account id, which a customer need not have. */
async function raise(api: Api, ticket: Ticket, { serviceDesk, requestType, toAdf }: JiraNeeds): Promise<string> {
  const body = {
    serviceDeskId: serviceDesk,
    requestTypeId: requestType,
    requestFieldValues: { summary: agentSubject(ticket), description: toAdf(ticket) },
    isAdfRequest: true,
  };
  return (await api('POST', '/rest/servicedeskapi/request', madeShape, { body })).issueKey;
}
