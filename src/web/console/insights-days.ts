import type { DayRow, Insights } from '../../metrics/insights.ts';
import type { Outcomes } from '../../metrics/sums.ts';
import { el } from '../shared/dom.ts';
import { counted, number, outcomeNames, outcomes, piece, stretched, svg, swatch } from './insights-charts.ts';
import { section, table } from './insights-table.ts';

/** The most columns that can be told apart; beyond, they are weeks. */
const mostColumns = 92;
const height = 160;

/** Outcomes day by day (or week by week): columns for the eye, a table for who wants the numbers. */
export function perDay({ days }: Insights, csv: HTMLElement | null): HTMLElement {
  const weekly = days.length > mostColumns;
  const columns = weekly ? weeksOf(days) : days;
  const unit = weekly ? 'week' : 'day';
  const heads = [weekly ? 'Week from' : 'Day', ...outcomes.map((one) => outcomeNames[one]), 'Opened', 'Closed'];
  const rows = columns.map((day) => [dateNode(day.date), ...figuresOf(day).map(number)]);
  const key = outcomes.map((outcome) => el('li', { class: 'named' }, swatch(outcome), outcomeNames[outcome]));
  return section(
    `Outcomes per ${unit}`,
    csv,
    el('ul', { class: 'key' }, ...key),
    chart(columns, unit),
    el(
      'details',
      {},
      el('summary', {}, `Per ${unit} as a table`),
      table(`Outcomes and tickets per ${unit}`, heads, rows),
    ),
  );
}

function figuresOf({ outcomes: ended, opened, closed }: DayRow): number[] {
  return [...outcomes.map((outcome) => ended[outcome]), opened, closed];
}

function chart(columns: readonly DayRow[], unit: string): HTMLElement {
  const most = Math.max(...columns.map(({ outcomes }) => sumOf(outcomes)));
  const top = scaleOf(most);
  const width = 1000 / columns.length;
  const lines = svg('path', { class: 'grid', d: `M0 .5H1000M0 ${height / 2}H1000M0 ${height - 0.5}H1000` });
  const drawing = stretched(
    'columns',
    1000,
    height,
    lines,
    ...columns.map((day, i) => column(day, i * width, width, top)),
  );
  const highest = columns.find(({ outcomes }) => sumOf(outcomes) === most);
  const label = `Outcomes per ${unit}, at most ${counted(most, 'complaint')}, on ${dateText(highest?.date ?? '')}. The table below has every number.`;
  const dates = [0, Math.floor((columns.length - 1) / 2), columns.length - 1].map((i) => columns[i]?.date ?? '');
  return el(
    'div',
    { class: 'chart', role: 'img', 'aria-label': label },
    el('div', { class: 'scale' }, ...[top, top / 2, 0].map((value) => el('span', {}, number(value)))),
    drawing as Node,
    el('div', { class: 'dates' }, ...[...new Set(dates)].map((date) => el('span', {}, dateText(date)))),
  );
}

function column(day: DayRow, x: number, width: number, top: number): SVGElement {
  let y = height;
  const pieces = outcomes
    .filter((outcome) => day.outcomes[outcome] > 0)
    .map((outcome) => {
      const tall = (day.outcomes[outcome] / top) * height;
      y -= tall;
      return piece(outcome, { x: x + width * 0.12, y, width: width * 0.76, height: tall });
    });
  const lines = outcomes.map((outcome) => `${outcomeNames[outcome]}: ${day.outcomes[outcome]}`);
  const title = svg('title', {});
  title.textContent = [dateText(day.date), ...lines].join('\n');
  const whole = { class: 'hit', x: String(x), width: String(width), height: String(height) };
  return svg('g', {}, title, svg('rect', whole), ...pieces);
}

/** The end of the scale: one that has a half, such as 2, 8, 20, 60. */
function scaleOf(most: number): number {
  const step = 2 * 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return Math.max(2, Math.ceil(most / step) * step);
}

/** Seven days each; the last may have fewer. */
function weeksOf(days: readonly DayRow[]): DayRow[] {
  const weeks = Array.from({ length: Math.ceil(days.length / 7) }, (_, i) => days.slice(i * 7, i * 7 + 7));
  return weeks.map((week) => ({
    date: week[0]?.date ?? '',
    outcomes: Object.fromEntries(
      outcomes.map((outcome) => [outcome, total(week, (day) => day.outcomes[outcome])]),
    ) as Record<keyof Outcomes, number>,
    opened: total(week, (day) => day.opened),
    closed: total(week, (day) => day.closed),
  }));
}

const total = (days: readonly DayRow[], of: (day: DayRow) => number): number =>
  days.reduce((all, day) => all + of(day), 0);
const sumOf = (ended: Outcomes): number => outcomes.reduce((all, outcome) => all + ended[outcome], 0);

/** A day as "26 Nov 2026". */
export function dateText(date: string): string {
  const format = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', format);
}

/** A day for people and machines. */
export const dateNode = (date: string): HTMLElement => el('time', { datetime: date }, dateText(date));
