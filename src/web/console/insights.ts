import type { InsightsAnswer } from '../../metrics/insights.ts';
import { button, el, spoken } from '../shared/dom.ts';
import { dateText, perDay } from './insights-days.ts';
import { endings, tiles } from './insights-summary.ts';
import { patterns } from './insights-charts.ts';
import { RangeForm, type Days } from './insights-range.ts';
import { articles, causes, confusions, questions, reasons, verdicts } from './insights-rows.ts';

type Get = (path: string) => Promise<unknown>;

const address = '/console/api/insights';

/** Draws feedback and outcomes into `root`, and again for other days. Never throws: it says so and tries again when asked to. */
export async function drawInsights(root: HTMLElement, get: Get): Promise<void> {
  const page = new InsightsPage(get);
  root.replaceChildren(page.node);
  await page.show(address);
}

const pathOf = ({ from, to }: Days): string => `${address}?${new URLSearchParams({ from, to }).toString()}`;

class InsightsPage {
  readonly node: HTMLElement;
  readonly #get: Get;
  readonly #range = new RangeForm((days) => void this.show(pathOf(days)));
  readonly #output = el('div', { class: 'figures' });
  /** Counts the questions: only the answer to the last one is drawn. */
  #asked = 0;

  constructor(get: Get) {
    this.#get = get;
    const title = el('h1', { tabindex: '-1' }, 'Feedback and outcomes');
    this.node = el('div', { class: 'insights' }, title, this.#range.node, this.#range.status, this.#output);
  }

  async show(path: string): Promise<void> {
    const turn = (this.#asked += 1);
    const { status } = this.#range;
    this.#output.setAttribute('aria-busy', 'true');
    status.textContent = 'Counting …';
    try {
      const insights = (await this.#get(path)) as InsightsAnswer;
      if (turn !== this.#asked) return;
      this.#range.show(insights);
      status.textContent = `${dateText(insights.from)} to ${dateText(insights.to)}, days in UTC.`;
      this.#output.replaceChildren(...draw(insights));
    } catch {
      if (turn !== this.#asked) return;
      const again = button('Try again', () => void this.show(path), 'again');
      status.replaceChildren('That could not be counted just now. ', again);
    }
    this.#output.removeAttribute('aria-busy');
  }
}

function draw(insights: InsightsAnswer): Node[] {
  if (insights.empty) return [emptyState()];
  const csv = (table: string, name: string) => (insights.mayExport ? exportLink(insights, table, name) : null);
  return [
    patterns(),
    tiles(insights),
    endings(insights, csv('outcomes', 'outcomes')),
    perDay(insights, csv('days', 'days')),
    causes(insights, csv('causes', 'causes')),
    articles(insights, csv('articles', 'articles')),
    el(
      'div',
      { class: 'pair' },
      verdicts(insights, csv('precision', 'verdicts')),
      confusions(insights, csv('confusions', 'said and was')),
    ),
    el(
      'div',
      { class: 'pair' },
      questions(insights, csv('unanswered', 'questions')),
      reasons(insights, csv('reasons', 'reasons')),
    ),
  ];
}

function exportLink({ from, to }: Days, table: string, name: string): HTMLElement {
  const query = new URLSearchParams({ table, from, to }).toString();
  return el('a', { href: `/console/insights.csv?${query}`, download: '', class: 'csv' }, 'CSV', spoken(` of ${name}`));
}

function emptyState(): HTMLElement {
  const soon = [
    'how complaints ended, and how many needed no person',
    'how often each cause and each article was shown, and whether it helped',
    'what agents found, against what the bot had said',
    'questions that nobody answered',
  ];
  return el(
    'section',
    { class: 'card empty' },
    el('h2', {}, 'Nothing was counted on these days'),
    el('p', {}, 'As soon as customers write, this page shows:'),
    el('ul', {}, ...soon.map((what) => el('li', {}, what))),
  );
}
