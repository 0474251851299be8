import { el } from '../widget/dom.ts';
import { listPath } from './place.ts';
import type { Queue } from './queue.ts';
import type { Me, View } from './wire.ts';
import { causeName, countOf, deskName } from './words.ts';

type Sentences = readonly (Node | string)[];

const to = (view: View, words: string): HTMLElement =>
  el('a', { href: listPath({ view, cause: null, q: null }) }, words);

/** What an empty list says: why it is empty, and where to go from it. */
export function emptyOf({ filter, counts }: Queue, me: Me): Sentences {
  if (!filter) return [];
  const { view, cause, q } = filter;
  if (q !== null)
    return [
      el('p', {}, 'Nothing was found for “', el('bdi', {}, q), '”.'),
      el('p', {}, 'Search for a whole ticket number, an e-mail address, or an account and user: acct_1|usr_1.'),
      el('p', {}, to('waiting', 'Back to the waiting tickets')),
    ];
  if (cause !== null)
    return [el('p', {}, `None of these tickets is about “${causeName(me, cause)}”.`), to(view, 'Show all causes')];
  return sentences[view](me, counts);
}

const sentences: Readonly<Record<View, (me: Me, counts: Queue['counts']) => Sentences>> = {
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
