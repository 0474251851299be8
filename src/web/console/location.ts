import type { TicketView } from '../../domain/ticket.ts';

/** What a list shows: a view, of one cause or of all, or what was searched for. */
export interface ListFilter {
  readonly view: TicketView;
  readonly cause: string | null;
  readonly q: string | null;
}

/** Where someone is in the console. */
export interface ConsoleLocation extends ListFilter {
  readonly page: 'tickets' | 'insights' | 'operations' | 'audit' | 'person' | 'connect';
  readonly ticket: string | null;
}

const pages = ['insights', 'operations', 'audit', 'person', 'connect'] as const;
const views: Readonly<Record<TicketView, true>> = {
  waiting: true,
  mine: true,
  claimed: true,
  sent: true,
  dead: true,
  closed: true,
};
const isView = (name: string): name is TicketView => Object.hasOwn(views, name);

/** Reads an address; what is unknown in it becomes the waiting tickets. */
export function parseLocation({ pathname, searchParams }: URL): ConsoleLocation {
  const [, ticket = null] = /^\/console\/tickets\/([\w-]+)$/.exec(pathname) ?? [];
  const page = pages.find((name) => pathname === `/console/${name}`) ?? 'tickets';
  const view = searchParams.get('view') ?? '';
  return {
    page,
    ticket,
    view: isView(view) ? view : 'waiting',
    cause: searchParams.get('cause'),
    q: searchParams.get('q'),
  };
}

/** The address of a list. */
export const listPath = (filter: ListFilter): string => `/console${queryOf(filter)}`;

/** The address of a ticket beside a list. */
export const ticketPath = (number: string, filter: ListFilter): string =>
  `/console/tickets/${encodeURIComponent(number)}${queryOf(filter)}`;

/** The query that shows a list, as an address of the console and as the API takes it. */
export function queryOf({ view, cause, q }: ListFilter, after: string | null = null): string {
  const query = new URLSearchParams(q === null ? { view } : { q });
  if (q === null && cause !== null) query.set('cause', cause);
  if (after !== null) query.set('after', after);
  return `?${query.toString()}`;
}

/** Whether two lists are the same. */
export const sameList = (a: ListFilter, b: ListFilter): boolean => queryOf(a) === queryOf(b);
