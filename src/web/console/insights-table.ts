import { el } from '../shared/dom.ts';

/** A table whose rows become cards where there is no room; then each cell tells its heading. */
export function table(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLTableElement {
  const head = heads.map((text) => el('th', { scope: 'col', role: 'columnheader' }, text));
  return el(
    'table',
    { role: 'table', 'aria-label': name },
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...head)),
    el('tbody', { role: 'rowgroup' }, ...rows.map((cells) => rowOf(heads, cells))),
  );
}

/** The first cell names the row. */
function rowOf(heads: readonly string[], [first = '', ...others]: readonly (Node | string)[]): HTMLElement {
  const cells = others.map((cell, i) => el('td', { role: 'cell', 'data-name': heads[i + 1] ?? '' }, cell));
  return el('tr', { role: 'row' }, el('th', { scope: 'row', role: 'rowheader' }, first), ...cells);
}

/** A part of the page under its heading, with the link that exports its table. */
export function section(title: string, csv: HTMLElement | null, ...children: (Node | string)[]): HTMLElement {
  const head = el('div', { class: 'head' }, el('h2', {}, title), ...(csv ? [csv] : []));
  return el('section', { class: 'card' }, head, ...children);
}

/** What the numbers of a part mean. */
export function meanings(...named: readonly (readonly [name: string, means: string])[]): HTMLElement {
  return el(
    'dl',
    { class: 'means' },
    ...named.map(([name, means]) => el('div', {}, el('dt', {}, `${name}:`), ' ', el('dd', {}, means))),
  );
}

/** What stands in place of a table without rows. */
export const nothing = (words: string): HTMLElement => el('p', { class: 'quiet' }, words);
