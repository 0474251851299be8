import { el } from '../widget/dom.ts';
import { atNode } from './time.ts';
import type { AuditEntry, Detail, Me, Row } from './wire.ts';
import { causeName, titleOf } from './words.ts';

const actions: ReadonlyMap<string, string> = new Map([
  ['sign-in', 'signed in'],
  ['sign-out', 'signed out'],
  ['claim', 'claimed it'],
  ['release', 'put it back'],
  ['reply', 'replied'],
  ['note', 'added a note'],
  ['hand-back', 'handed back to the bot'],
  ['close', 'closed it'],
  ['reopen', 'reopened it'],
  ['revive', 'had it delivered again'],
  ['export', 'exported figures'],
  ['connect', 'connected with a channel'],
]);

/** What was done, in words. */
export const deedName = (action: string): string => actions.get(action) ?? action.replaceAll('-', ' ');

/** What agents wrote for each other. */
export function drawNotes({ notes }: Detail): HTMLElement[] {
  if (notes.length === 0) return [];
  const items = notes.map(({ at, by, text }) =>
    el('li', {}, el('p', { class: 'by' }, el('strong', {}, by.name), ' ', atNode(at)), el('bdi', {}, text)),
  );
  return [el('h3', {}, 'Notes'), el('ul', { class: 'notes' }, ...items)];
}

/** What was done with the ticket, in order. */
export function drawHistory({ history }: Detail, me: Me): HTMLElement[] {
  if (history.length === 0) return [];
  const items = history.map((entry) => el('li', {}, atNode(entry.at), el('span', {}, ...deedOf(entry, me))));
  return [el('h3', {}, 'History'), el('ol', { class: 'history' }, ...items)];
}

function deedOf({ by, action, detail }: AuditEntry, me: Me): (Node | string)[] {
  const told = action === 'close' && detail !== null ? causeName(me, detail) : detail;
  return [
    el('strong', {}, by.name),
    ` ${deedName(action)}`,
    ...(told === null ? [] : [' (', el('bdi', {}, told), ')']),
  ];
}

/** The same customer's other tickets. */
export function drawEarlier({ earlier }: Detail, me: Me, pathOf: (row: Row) => string): HTMLElement[] {
  if (earlier.length === 0) return [];
  const items = earlier.map((other) =>
    el(
      'li',
      {},
      atNode(other.openedAt),
      el('span', {}, el('a', { href: pathOf(other) }, titleOf(other)), ending(other, me)),
    ),
  );
  return [el('h3', {}, 'Other tickets of this customer'), el('ul', { class: 'history' }, ...items)];
}

function ending({ state, trueCause, solved, holder }: Row, me: Me): string {
  if (state !== 'closed') return state === 'claimed' ? `, with ${holder?.name ?? 'an agent'}` : `, ${state}`;
  const cause = trueCause === null ? '' : ` as ${causeName(me, trueCause)}`;
  return `, closed${cause}${solved === null ? '' : solved ? ', solved' : ', not solved'}`;
}
