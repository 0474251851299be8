import type { Insights } from '../../metrics/insights.ts';
import type { ReasonRow } from '../../metrics/reasons.ts';
import type { ArticleRow, CauseRow } from '../../metrics/rows.ts';
import { el } from '../shared/dom.ts';
import { dateNode } from './insights-days.ts';
import {
  bar,
  counted,
  number,
  outcomeNames,
  outcomes,
  outcomesCell,
  shareCell,
  shareWords,
  swatch,
} from './insights-charts.ts';
import { meanings, nothing, section, table } from './insights-table.ts';

type Csv = HTMLElement | null;

const shownAtOnce = 8;

/** One row for each cause. */
export function causes({ causes: rows, definitions }: Insights, csv: Csv): HTMLElement {
  const most = Math.max(...rows.map(({ shown }) => shown));
  const heads = ['Cause', 'Shown', 'Helpful', 'How it ended', 'Contained', 'Resolved', 'Right verdict'];
  const drawn = rows.map((row) => [
    ...[row.name, shownCell(row.shown, most), helpfulCell(row), endedCell(row)],
    ...[shareCell(row.containment), shareCell(row.resolution), shareCell(row.precision)],
  ]);
  return section(
    'Causes',
    csv,
    rows.length === 0 ? nothing('No cause was told on these days.') : key(),
    table('Causes', heads, drawn),
    meanings(
      ['Shown', definitions.shown],
      ['Helpful', definitions.helpful],
      ['How it ended', definitions.causeOutcomes],
      ['Contained', definitions.containment],
      ['Resolved', definitions.resolution],
      ['Right verdict', definitions.precision],
    ),
  );
}

/** One row for each article. */
export function articles({ articles: rows, definitions }: Insights, csv: Csv): HTMLElement {
  const most = Math.max(...rows.map(({ shown }) => shown));
  const heads = ['Article', 'Page views', 'Shown', 'Helpful', 'How it ended'];
  const drawn = rows.map((row) => [
    ...[row.name, number(row.views), shownCell(row.shown, most), helpfulCell(row), endedCell(row)],
  ]);
  return section(
    'Articles',
    csv,
    rows.length === 0 ? nothing('No article was shown or opened on these days.') : key(),
    table('Articles', heads, drawn),
    meanings(
      ['Page views', definitions.views],
      ['Shown', definitions.shown],
      ['Helpful', definitions.helpful],
      ['How it ended', definitions.articleOutcomes],
    ),
  );
}

/** Why answers did not help. */
export function reasons({ reasons: rows, definitions }: Insights, csv: Csv): HTMLElement {
  const drawn = rows.map((reason) => [reasonNode(reason), shareCell(reason.share), number(reason.share.part)]);
  const list = table('Why it did not help', ['Reason', 'Share', 'Count'], drawn);
  const none = nothing('Nobody said no on these days.');
  return section(
    'Why it did not help',
    csv,
    rows.length === 0 ? none : list,
    meanings(['Reasons', definitions.reasons]),
  );
}

/** The bot's verdicts against what agents found. */
export function verdicts({ precision, definitions }: Insights, csv: Csv): HTMLElement {
  const heads = ['The bot said', 'Right verdict', 'Same', 'Another', 'None of ours', 'Not told'];
  const rows = precision.causes.map((row) => [
    ...[row.name, shareCell(row.precision)],
    ...[row.same, row.another, row.none, row.untold].map(number),
  ]);
  const total = el('p', { class: 'total' }, el('b', {}, ...shareWords(precision.all)), ' right in all');
  const none = nothing('No ticket with a verdict was closed on these days.');
  const drawn = rows.length === 0 ? [none] : [total, table('Verdicts', heads, rows)];
  return section(
    'Verdicts against what agents found',
    csv,
    ...drawn,
    meanings(['Right verdict', definitions.precision]),
  );
}

/** What the bot said and what it was. */
export function confusions({ precision, definitions }: Insights, csv: Csv): HTMLElement {
  const items = precision.confusions.map(({ said, was, count }) => {
    const words = el('span', {}, 'Said ', el('b', {}, said), ', was ', el('b', {}, was));
    return el('li', {}, words, ' ', el('span', { class: 'n' }, number(count)));
  });
  const none = nothing('Agents found nothing else than the bot had said.');
  const lists = items.length === 0 ? [none] : ranked(items);
  return section('Said … was …', csv, ...lists, meanings(['Tickets', definitions.confusions]));
}

/** The first ones at once, the others on demand. */
function ranked(items: readonly HTMLElement[]): HTMLElement[] {
  const [first, more] = [items.slice(0, shownAtOnce), items.slice(shownAtOnce)];
  const list = el('ol', { class: 'ranked' }, ...first);
  if (more.length === 0) return [list];
  const rest = el('ol', { class: 'ranked', start: String(shownAtOnce + 1) }, ...more);
  return [list, el('details', {}, el('summary', {}, `${more.length} more`), rest)];
}

/** What nobody answered. */
export function questions({ unanswered, definitions }: Insights, csv: Csv): HTMLElement {
  const rows = unanswered.questions.map(({ words, count, newest }) => [
    ...[el('q', {}, words.trim()), number(count), dateNode(newest.slice(0, 10))],
  ]);
  const list = table('Questions nobody answered', ['Words', 'Times', 'Last on'], rows);
  const none = nothing('Something was found for every message on these days.');
  const total = el('p', { class: 'total' }, el('b', {}, counted(unanswered.inAll, 'message')));
  const drawn = rows.length === 0 ? [none] : [total, list];
  return section('Questions nobody answered', csv, ...drawn, meanings(['Messages', definitions.unanswered]));
}

function shownCell(shown: number, most: number): HTMLElement {
  return el('div', { class: 'share' }, el('span', {}, number(shown)), bar(most > 0 ? shown / most : 0));
}

/** Yes against no; the reasons of the no on demand. */
function helpfulCell({ name, helpful, no, reasons: why }: ArticleRow | CauseRow): HTMLElement {
  const cell = shareCell(helpful);
  if (no === 0) return cell;
  const items = why.map((reason) => el('li', {}, reasonNode(reason), ` ${number(reason.share.part)}`));
  const summary = el('summary', { 'aria-label': `${number(no)} no: reasons, ${name}` }, `${number(no)} no`);
  cell.append(el('details', {}, summary, el('ul', {}, ...items)));
  return cell;
}

function endedCell({ complaints, outcomes: ended }: ArticleRow | CauseRow): Node | string {
  return complaints === 0 ? '–' : outcomesCell(ended);
}

const reasonNode = ({ name, ours }: ReasonRow): HTMLElement => (ours ? el('span', {}, name) : el('q', {}, name));

function key(): HTMLElement {
  const named = outcomes.map((outcome) => el('li', { class: 'named' }, swatch(outcome), outcomeNames[outcome]));
  return el('ul', { class: 'key' }, ...named);
}
