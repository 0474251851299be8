import { el } from '../shared/dom.ts';

/** The first and the last day, such as 2026-11-26. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

const spans = [7, 30, 90] as const;
const dayMs = 86_400_000;
const mostDays = 400;

/** Chooses the days; `choose` is called with days that can be asked for. */
export class RangeForm {
  readonly node: HTMLFormElement;
  readonly status = el('p', { class: 'quiet', role: 'status' });
  readonly #from = el('input', { type: 'date', required: '' });
  readonly #to = el('input', { type: 'date', required: '' });
  readonly #buttons: readonly HTMLButtonElement[];
  /** The last day that "7 days" means: the server's today. */
  #today: string | null = null;

  constructor(choose: (days: Days) => void) {
    this.#buttons = spans.map((span) => {
      const node = el('button', { type: 'button', 'aria-pressed': 'false' }, `${span} days`);
      node.addEventListener('click', () => {
        if (this.#today !== null) choose({ from: earlier(this.#today, span - 1), to: this.#today });
      });
      return node;
    });
    this.node = el(
      'form',
      { class: 'range', 'aria-label': 'Days' },
      el('div', { role: 'group', 'aria-label': 'Last days', class: 'spans' }, ...this.#buttons),
      el('label', {}, 'From ', this.#from),
      el('label', {}, 'To ', this.#to),
      el('button', { type: 'submit' }, 'Show'),
    );
    this.node.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit(choose);
    });
  }

  #submit(choose: (days: Days) => void): void {
    const days = { from: this.#from.value, to: this.#to.value };
    const count = daysIn(days);
    if (count >= 1 && count <= mostDays) choose(days);
    else this.status.textContent = `Choose a last day that is not before the first, and at most ${mostDays} days.`;
  }

  /** Tells which days are drawn. */
  show(days: Days): void {
    this.#today ??= days.to;
    this.#from.value = days.from;
    this.#to.value = days.to;
    const count = days.to === this.#today ? daysIn(days) : 0;
    this.#buttons.forEach((node, i) => node.setAttribute('aria-pressed', String(spans[i] === count)));
  }
}

const daysIn = ({ from, to }: Days): number => (Date.parse(to) - Date.parse(from)) / dayMs + 1;
const earlier = (date: string, days: number): string =>
  new Date(Date.parse(date) - days * dayMs).toISOString().slice(0, 10);
