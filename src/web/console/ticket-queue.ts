import type { TicketCounts, TicketPage, TicketRow } from '../../tickets/console-json.ts';
import { get, sentenceOf } from './api.ts';
import { queryOf, sameList, type ListFilter } from './location.ts';

/** The list of tickets that is shown. */
export class TicketQueue {
  filter: ListFilter | null = null;
  rows: readonly TicketRow[] = [];
  next: string | null = null;
  counts: TicketCounts = { waiting: 0, mine: 0, unread: 0 };
  state: 'loading' | 'shown' | 'failed' = 'loading';
  trouble = '';
  /** Numbers that came in while the list was open. */
  fresh: ReadonlySet<string> = new Set();
  /** Numbers of those on which something is to be done together. */
  chosen: ReadonlySet<string> = new Set();
  readonly #changed: () => void;
  #asked = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Shows another list; the same one stays as it is. */
  async show(filter: ListFilter): Promise<void> {
    if (this.filter && sameList(this.filter, filter)) return;
    this.filter = filter;
    this.rows = [];
    this.next = null;
    this.fresh = this.chosen = new Set();
    this.state = 'loading';
    this.#changed();
    await this.refresh();
  }

  choose(number: string, on: boolean): void {
    const others = [...this.chosen].filter((one) => one !== number);
    this.chosen = new Set(on ? [...others, number] : others);
    this.#changed();
  }

  chooseNone(): void {
    this.chosen = new Set();
    this.#changed();
  }

  /** Reads the list anew, as far down as it was. */
  async refresh(): Promise<void> {
    const wanted = this.rows.length;
    await this.#read(async (filter) => {
      let list = await page(filter, null);
      let rows = list.tickets;
      while (list.next !== null && rows.length < wanted) {
        list = await page(filter, list.next);
        rows = [...rows, ...list.tickets];
      }
      return { ...list, tickets: rows };
    });
  }

  /** Adds the next page. */
  async more(): Promise<void> {
    const { next, rows } = this;
    if (next === null) return;
    await this.#read(async (filter) => {
      const list = await page(filter, next);
      const here = new Set(rows.map(({ number }) => number));
      return { ...list, tickets: [...rows, ...list.tickets.filter(({ number }) => !here.has(number))] };
    }, true);
  }

  async #read(ask: (filter: ListFilter) => Promise<TicketPage>, older = false): Promise<void> {
    if (!this.filter) return;
    const asked = ++this.#asked;
    try {
      const { tickets, next, counts } = await ask(this.filter);
      if (asked !== this.#asked) return;
      const known = new Set(this.rows.map(({ number }) => number));
      const news = this.state === 'shown' && !older ? tickets.filter(({ number }) => !known.has(number)) : [];
      this.fresh = new Set(news.map(({ number }) => number));
      Object.assign(this, { rows: tickets, next, counts, state: 'shown', trouble: '' });
    } catch (error) {
      if (asked !== this.#asked) return;
      this.trouble = sentenceOf(error);
      if (this.state === 'loading') this.state = 'failed';
    }
    this.#changed();
  }
}

const page = (filter: ListFilter, after: string | null): Promise<TicketPage> =>
  get<TicketPage>(`tickets${queryOf(filter, after)}`);
