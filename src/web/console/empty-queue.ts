import type { TicketView } from '../../domain/ticket.ts';
import type { Me } from '../../tickets/console-json.ts';
import { el } from '../shared/dom.ts';
import { listPath } from './location.ts';
import type { TicketQueue } from './ticket-queue.ts';
import { causeName, countOf, deskName } from './labels.ts';

type Sentences = readonly (Node | string)[];

const to = (view: TicketView, words: string): HTMLElement =>
  el('a', { href: listPath({ view, cause: null, q: null }) }, words);

/** What an empty list says: why it is empty, and where to go from it. */
export function emptyQueueText({ filter, counts }: TicketQueue, me: Me): Sentences {
  if (!filter) return [];
  const { view, cause, q } = filter;
  if (q !== null)
    return [
      el('p', {}, 'Nothing was found for “', el('bdi', {}, q), '”.'),
      el(
        'p',
        {},
        'Every word must stand in the ticket, or begin a word of it: a name, a company, what was written, a number.',
      ),
      el('p', {}, to('waiting', 'Back to the waiting tickets')),
    ];
  if (cause !== null)
    return [el('p', {}, `None of these tickets is about “${causeName(me, cause)}”.`), to(view, 'Show all causes')];
  return sentences[view](me, counts);
}

const sentences: Readonly<Record<TicketView, (me: Me, counts: TicketQueue['counts']) => Sentences>> = {
  waiting: (_, { mine }) => [
    el('p', {}, el('strong', {}, 'Nobody is waiting.')),
    el('p', {}, 'New tickets appear here by themselves.'),
    ...(mine > 0 ? [el('p', {}, to('mine', `Your own tickets (${countOf(mine)})`))] : []),
  ],
  mine: (_, { waiting }) => [
    el('p', {}, el('strong', {}, 'You have no tickets.')),
    waiting > 0 ? el('p', {}, to('waiting', `Take one of ${countOf(waiting)} that wait`)) : 'Nobody is waiting either.',
  ],
  claimed: () => [el('p', {}, 'No agent is working on a ticket right now.')],
  sent: ({ desk }) => [el('p', {}, `No ticket is at ${deskName(desk)}.`)],
  dead: () => [el('p', {}, 'Every ticket has reached its desk.')],
  closed: () => [el('p', {}, 'No ticket was closed yet.')],
};
