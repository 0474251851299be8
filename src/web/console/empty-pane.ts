import type { TicketRow } from '../../tickets/console-json.ts';
import { byId, el } from '../shared/dom.ts';
import { customerOf, priorityMark } from './queue-row.ts';
import type { TicketQueue } from './ticket-queue.ts';
import { redraw } from './redraw.ts';
import { sinceNode } from './time.ts';

/** What stands beside the list while no ticket is open: what to take next. */
export function drawEmptyPane({ rows, state }: TicketQueue, next: string | null, shown: boolean): void {
  const blank = byId('empty-pane');
  blank.hidden = !shown;
  const row = rows.find((one) => one.state === 'waiting');
  redraw(blank, [row, next, state], () => {
    if (state !== 'shown') return [];
    if (!row || next === null) return [el('p', { class: 'quiet' }, 'No ticket is open.')];
    return nextInLine(row, next);
  });
}

function nextInLine(row: TicketRow, next: string): HTMLElement[] {
  const title = el('strong', {}, el('bdi', {}, row.title));
  const key = (name: string) => el('kbd', {}, name);
  return [
    el('h2', {}, 'Next in line'),
    el('p', {}, ...priorityMark(row), ' ', title, ', waiting for ', sinceNode(row.since)),
    el('p', {}, ...customerOf(row)),
    el('p', { class: 'words quiet' }, el('bdi', {}, row.words)),
    el('p', {}, el('a', { href: next, class: 'button primary' }, 'Open it')),
    el('p', { class: 'quiet' }, key('j'), ' and ', key('k'), ' move in the list, ', key('?'), ' shows all keys.'),
  ];
}
