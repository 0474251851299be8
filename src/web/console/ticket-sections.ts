import type { TicketDetail, TicketRow } from '../../tickets/console-json.ts';
import type { CheckMark, TicketLine, TicketSection } from '../../tickets/section.ts';
import { el } from '../shared/dom.ts';
import { withTimes } from './time.ts';
import { isSafe, linkTo } from '../shared/markdown.ts';

const top: readonly TicketSection['id'][] = ['next', 'problem', 'contradictions', 'warnings'];
const beside: readonly TicketSection['id'][] = ['account', 'details'];

/** A ticket as it is read: who cannot do what and why, what to do next, and the words on top; below what was found. */
export function drawSections({ sections, context, row }: TicketDetail): HTMLElement[] {
  const drawn = (ids: readonly TicketSection['id'][], inside = true) =>
    sections.filter(({ id }) => ids.includes(id) === inside).map(drawSection);
  return [
    el('div', { class: 'first' }, headline(row, context), ...drawn(top)),
    el('div', { class: 'more' }, ...drawn([...top, ...beside], false)),
    el('div', { class: 'beside' }, ...drawn(beside)),
  ];
}

function headline({ headline: text, class: verdict }: TicketRow, context: readonly string[]): HTMLElement {
  const parts = context.map((part) => el('span', {}, el('bdi', {}, ...withTimes(part))));
  return el(
    'section',
    { class: `headline ${verdict}` },
    el('p', { class: 'mark' }, el('strong', {}, el('bdi', {}, text))),
    el('p', { class: 'brief' }, ...parts),
  );
}

function drawSection({ id, title, note, lines }: TicketSection): HTMLElement {
  const body = id === 'account' || id === 'details' ? [tableOf(lines)] : rowsOf(lines).map(drawRow);
  const from = note === undefined ? [] : [el('p', { class: 'quiet' }, ...withTimes(note))];
  return el('section', { class: `part-${id}` }, el('h3', {}, title), ...body, ...from);
}

/** Brief neighbours share a row. */
function rowsOf(lines: readonly TicketLine[]): readonly (readonly TicketLine[])[] {
  const rows: TicketLine[][] = [];
  for (const line of lines) {
    const before = rows.at(-1);
    if (line.as === 'brief' && before?.[0]?.as === 'brief') before.push(line);
    else rows.push([line]);
  }
  return rows;
}

/** Checks and people, each with what it is called in a column of its own. */
function tableOf(lines: readonly TicketLine[]): HTMLElement {
  return el('table', {}, el('tbody', {}, ...lines.map(tableRow)));
}

function tableRow(line: TicketLine): HTMLElement {
  const { name, values, mark } = line;
  const check = mark === undefined ? [] : [el('span', { class: 'check' }, mark), ' '];
  const look = { class: mark === undefined ? '' : looks[mark] };
  if (name === null) return el('tr', look, el('td', { colspan: '2' }, ...check, drawLine(line)));
  const texts = values.map((value) => el('bdi', {}, value));
  return el('tr', look, el('th', { scope: 'row' }, ...check, name), el('td', {}, ...texts));
}

const looks: Readonly<Record<CheckMark, string>> = { '✗': 'blocks', '~': 'may-block', '?': 'unknown', '✓': 'allows' };

function drawRow(row: readonly TicketLine[]): HTMLElement {
  const [first] = row;
  if (first?.as === 'quote') return el('blockquote', {}, ...parted(first));
  if (first?.as === 'pasted') return drawPasted(first.values.join('\n'));
  return el('p', { class: first?.as ?? 'line' }, ...row.map(drawLine));
}

/** Of what was pasted so much shows at once: lines, and UTF-16 units. */
const shown = { lines: 8, units: 640 };

/** What a machine wrote, as it was; what is long is cut. */
function drawPasted(text: string): HTMLElement {
  const head = text.split('\n').slice(0, shown.lines).join('\n').slice(0, shown.units);
  const block = (part: string) => el('pre', {}, el('bdi', {}, part));
  if (head === text) return block(text);
  const more = el('details', {}, el('summary', {}, 'All of it'), block(text));
  return el('div', { class: 'pasted' }, block(`${head}…`), more);
}

function drawLine({ name, values, address }: TicketLine): HTMLElement {
  const text = el('bdi', {}, ...withTimes(values.join(' ')));
  const href = address === undefined ? '' : new URL(address, location.href).href;
  const value = isSafe(href) ? linkTo(href, [text]) : text;
  return el('span', {}, ...(name === null ? [] : [el('span', { class: 'name' }, name), ' ']), value);
}

const parted = ({ values }: TicketLine): HTMLElement[] => values.map((value) => el('bdi', { class: 'part' }, value));
