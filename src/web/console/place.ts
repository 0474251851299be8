import type { View } from './wire.ts';

/** What a list shows: a view, of one cause or of all, or what was searched for. */
export interface Filter {
  readonly view: View;
  readonly cause: string | null;
  readonly q: string | null;
}

/** Where someone is in the console. */
export interface Place extends Filter {
  readonly page: 'tickets' | 'insights' | 'audit' | 'connect';
  readonly ticket: string | null;
}

const pages = ['insights', 'audit', 'connect'] as const;
const views: readonly View[] = ['waiting', 'mine', 'claimed', 'sent', 'dead', 'closed'];

/** Reads an address; what is unknown in it becomes the waiting tickets. */
export function placeOf({ pathname, searchParams }: URL): Place {
  const [, ticket = null] = /^\/console\/tickets\/([\w-]+)$/.exec(pathname) ?? [];
  const page = pages.find((name) => pathname === `/console/${name}`) ?? 'tickets';
  return {
    page,
    ticket,
    view: views.find((view) => view === searchParams.get('view')) ?? 'waiting',
    cause: searchParams.get('cause'),
    q: searchParams.get('q'),
  };
}

/** The address of a list. */
export const listPath = (filter: Filter): string => `/console${queryOf(filter)}`;

/** The address of a ticket beside a list. */
export const ticketPath = (number: string, filter: Filter): string =>
  `/console/tickets/${encodeURIComponent(number)}${queryOf(filter)}`;

/** The query that shows a list, as an address of the console and as the API takes it. */
export function queryOf({ view, cause, q }: Filter, after: string | null = null): string {
  const query = new URLSearchParams(q === null ? { view } : { q });
  if (q === null && cause !== null) query.set('cause', cause);
  if (after !== null) query.set('after', after);
  return `?${query.toString()}`;
}

/** Whether two lists are the same. */
export const sameList = (a: Filter, b: Filter): boolean => queryOf(a) === queryOf(b);
