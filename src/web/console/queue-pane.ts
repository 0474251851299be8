import type { TicketView } from '../../domain/ticket.ts';
import type { Me } from '../../tickets/console-json.ts';
import { byId, el, spoken } from '../shared/dom.ts';
import { isOperator } from './permissions.ts';
import { listPath, ticketPath, type ListFilter } from './location.ts';
import { emptyQueueText } from './empty-queue.ts';
import { drawRow, isLate, type QueueRow } from './queue-row.ts';
import type { TicketQueue } from './ticket-queue.ts';
import { KeyedList, redraw } from './redraw.ts';
import { countOf, deskName } from './labels.ts';

/** Draws the list of tickets, its tabs, its filter and its search. */
export class QueuePane {
  readonly #queue: TicketQueue;
  readonly #me: Me;
  readonly #rows: KeyedList<QueueRow>;

  constructor(queue: TicketQueue, me: Me, go: (path: string) => void) {
    this.#queue = queue;
    this.#me = me;
    this.#rows = new KeyedList(
      byId('rows'),
      ({ row }) => row.number,
      (shown) => drawRow(shown, me, (on) => queue.choose(shown.row.number, on)),
    );
    byId('more').addEventListener('click', () => void this.#more());
    byId('again').addEventListener('click', () => void queue.refresh());
    this.#wireSearch(go);
    this.#wireCauses(go);
  }

  draw(open: string | null): void {
    const { filter, rows, next, state, trouble } = this.#queue;
    if (!filter) return;
    this.#drawTabs(filter);
    this.#drawFields(filter);
    const mixed = filter.q !== null || filter.view === 'dead';
    const added = this.#rows.update(
      rows.map((row) => ({
        ...{ row, href: ticketPath(row.number, filter), open: row.number === open, mixed },
        ...{ chosen: this.#queue.chosen.has(row.number), late: isLate(row) },
      })),
    );
    for (const key of added) if (this.#queue.fresh.has(key)) this.#rows.node(key)?.classList.add('fresh');
    byId('more').hidden = next === null;
    byId('list').setAttribute('aria-busy', String(state === 'loading'));
    byId('failed').hidden = trouble === '';
    byId('why').textContent = trouble;
    const empty = state === 'shown' && rows.length === 0;
    redraw(byId('empty'), [empty, filter, this.#queue.counts], () =>
      empty ? emptyQueueText(this.#queue, this.#me) : [],
    );
  }

  /** The links of the list, from top to bottom. */
  get links(): readonly HTMLAnchorElement[] {
    return [...byId('rows').querySelectorAll('a')];
  }

  linkTo(number: string): HTMLAnchorElement | null {
    return this.links.find((link) => link.dataset.number === number) ?? null;
  }

  #drawTabs(filter: ListFilter): void {
    const { counts } = this.#queue;
    redraw(byId('tabs'), [filter, counts], () =>
      tabsOf(this.#me).map(([view, label, rest = '']) => {
        const count = view === 'waiting' || view === 'mine' ? counts[view] : 0;
        const current = filter.q === null && filter.view === view;
        const href = listPath({ view, cause: filter.cause, q: null });
        const tab = el(
          'a',
          { href, 'data-act': view, ...(current && { 'aria-current': 'page' }) },
          label,
          spoken(rest),
        );
        if (count > 0) tab.append(' ', el('span', { class: 'count' }, countOf(count)));
        if (view === 'mine' && counts.unread > 0)
          tab.append(' ', el('b', { class: 'unread' }, countOf(counts.unread), spoken(' new')));
        return tab;
      }),
    );
  }

  #drawFields({ q, cause }: ListFilter): void {
    const search = byId('search') as HTMLInputElement;
    if (document.activeElement !== search) search.value = q ?? '';
    const select = byId('causes') as HTMLSelectElement;
    select.value = cause ?? '';
    select.hidden = q !== null;
    byId('found').hidden = q === null;
  }

  async #more(): Promise<void> {
    const last = this.links.length;
    await this.#queue.more();
    this.links[last]?.focus();
  }

  #wireSearch(go: (path: string) => void): void {
    const search = byId('search') as HTMLInputElement;
    byId('finder').addEventListener('submit', (event) => {
      event.preventDefault();
      const q = search.value.trim();
      go(listPath({ view: 'waiting', cause: null, q: q === '' ? null : q }));
    });
  }

  #wireCauses(go: (path: string) => void): void {
    const select = byId('causes') as HTMLSelectElement;
    for (const { slug, name } of this.#me.causes) select.append(el('option', { value: slug }, name));
    select.addEventListener('change', () => {
      const view = this.#queue.filter?.view ?? 'waiting';
      go(listPath({ view, cause: select.value === '' ? null : select.value, q: null }));
    });
  }
}

/** Six of them fit one line; `rest`: what else their names are for those who do not see it. */
function tabsOf(me: Me): readonly (readonly [view: TicketView, label: string, rest?: string])[] {
  const external = me.desk === 'built-in' ? [] : ([['sent', 'Sent', ` to ${deskName(me.desk)}`]] as const);
  const dead = isOperator(me) ? ([['dead', 'Failed', ' to be delivered']] as const) : [];
  return [['waiting', 'Waiting'], ['mine', 'Mine'], ['claimed', 'In work'], ...external, ...dead, ['closed', 'Closed']];
}
