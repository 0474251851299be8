import type { Me, TicketDetail, TicketRow } from '../../tickets/console-json.ts';
import { byId, el } from '../shared/dom.ts';
import { ApiError, post, sentenceOf } from './api.ts';
import type { Colleagues } from './colleagues.ts';
import { confirmed } from './confirm.ts';
import { causeName } from './labels.ts';
import { picker } from './picker.ts';
import { redraw } from './redraw.ts';
import type { TicketQueue } from './ticket-queue.ts';

interface Outcome {
  readonly number: string;
  /** Null: it was done. */
  readonly why: string | null;
}

/** What is done on several tickets at once; each is told by itself how it went. */
export class BulkBar {
  readonly #queue: TicketQueue;
  readonly #me: Me;
  readonly #colleagues: Colleagues;
  #outcomes: readonly Outcome[] = [];
  #busy = false;

  constructor(queue: TicketQueue, me: Me, colleagues: Colleagues) {
    this.#queue = queue;
    this.#me = me;
    this.#colleagues = colleagues;
  }

  draw(): void {
    const { chosen } = this.#queue;
    const bar = byId('bulk');
    bar.hidden = chosen.size === 0 && this.#outcomes.length === 0;
    if (chosen.size > 0) void this.#colleagues.look();
    redraw(bar, [[...chosen], this.#outcomes, this.#busy, this.#colleagues.all], () => [
      ...(chosen.size > 0 ? this.#controls() : []),
      el('div', { class: 'outcomes', role: 'status' }, ...outcomesOf(this.#outcomes)),
      this.#away(),
    ]);
  }

  #controls(): HTMLElement[] {
    const { causes } = this.#me;
    const size = this.#queue.chosen.size;
    const closing = [...causes, { slug: 'none', name: 'None of these' }].map(({ slug, name }) => [slug, name] as const);
    const people = this.#colleagues.all.map(({ id, name }) => [id, name] as const);
    return [
      el('strong', {}, this.#busy ? 'Working…' : `${size} chosen`),
      this.#select('Assign to…', people, (to) =>
        this.#each(`Assign ${size} to ${this.#colleagues.named(to)}?`, 'Assign', 'assign', ({ holder }) => ({
          to,
          from: holder?.id ?? null,
        })),
      ),
      this.#select('Close as…', closing, (cause) =>
        this.#each(`Close ${size} as “${causeName(this.#me, cause)}”?`, 'Close', 'close', () => ({ cause })),
      ),
    ];
  }

  #select(
    label: string,
    choices: readonly (readonly [string, string])[],
    pick: (value: string) => Promise<void>,
  ): HTMLElement {
    const select = picker({ 'aria-label': label, 'data-act': label }, [['', label], ...choices], (value) => {
      select.value = '';
      if (value !== '') void pick(value);
    });
    select.disabled = this.#busy;
    return select;
  }

  #away(): HTMLElement {
    const away = el('button', { type: 'button', class: 'plain', 'data-act': 'none' }, 'Clear');
    away.addEventListener('click', () => {
      this.#outcomes = [];
      this.#queue.chooseNone();
    });
    return away;
  }

  /** One after the other: what fails stays chosen. */
  async #each(question: string, yes: string, action: string, bodyOf: (row: TicketRow) => object): Promise<void> {
    if (!(await confirmed(question, yes))) return;
    const rows = this.#queue.rows.filter(({ number }) => this.#queue.chosen.has(number));
    this.#busy = true;
    this.#outcomes = [];
    this.draw();
    for (const row of rows) {
      const { number } = row;
      const why = await tried(`tickets/${encodeURIComponent(number)}/${action}`, bodyOf(row));
      this.#outcomes = [...this.#outcomes, { number, why }];
      if (why === null) this.#queue.choose(number, false);
    }
    this.#busy = false;
    this.draw();
    await this.#queue.refresh();
  }
}

/** Why it was not done; null: it was. */
async function tried(path: string, body: object): Promise<string | null> {
  try {
    await post<TicketDetail>(path, body);
    return null;
  } catch (error) {
    const { holder, state } = (error instanceof ApiError ? error.ticket?.row : null) ?? {};
    if (state === 'closed') return 'it is closed already';
    return holder ? `${holder.name} has it` : sentenceOf(error);
  }
}

function outcomesOf(outcomes: readonly Outcome[]): HTMLElement[] {
  if (outcomes.length === 0) return [];
  const failed = outcomes.filter(({ why }) => why !== null);
  const done = outcomes.length - failed.length;
  return [
    el('p', {}, `${done} of ${outcomes.length} done.`),
    ...failed.map(({ number, why }) => el('p', { class: 'failed' }, `${number}: ${why ?? ''}`)),
  ];
}
