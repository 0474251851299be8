import { byId, el } from '../widget/dom.ts';
import { customerOf, urgent } from './queue-row.ts';
import type { Queue } from './queue.ts';
import { redraw } from './redraw.ts';
import { sinceNode } from './time.ts';
import type { Row } from './wire.ts';
import { titleOf } from './words.ts';

/** What stands beside the list while no ticket is open: what to take next. */
export function drawBlank({ rows, state }: Queue, next: string | null, shown: boolean): void {
  const blank = byId('blank');
  blank.hidden = !shown;
  const row = rows.find((one) => one.state === 'waiting');
  redraw(blank, [row, next, state], () => {
    if (state !== 'shown') return [];
    if (!row || next === null) return [el('p', { class: 'quiet' }, 'No ticket is open.')];
    return nextInLine(row, next);
  });
}

function nextInLine(row: Row, next: string): HTMLElement[] {
  const title = el('strong', {}, el('bdi', {}, titleOf(row)));
  const key = (name: string) => el('kbd', {}, name);
  return [
    el('h2', {}, 'Next in line'),
    el('p', {}, ...urgent(row), ' ', title, ', waiting for ', sinceNode(row.since)),
    el('p', {}, ...customerOf(row)),
    el('p', { class: 'words quiet' }, el('bdi', {}, row.words)),
    el('p', {}, el('a', { href: next, class: 'button primary' }, 'Open it')),
    el('p', { class: 'quiet' }, key('j'), ' and ', key('k'), ' move in the list, ', key('?'), ' shows all keys.'),
  ];
}
