import type { TicketDetail } from '../../tickets/console-json.ts';
import type { TicketLine, TicketSection } from '../../tickets/section.ts';
import { el } from '../widget/dom.ts';
import { isSafe, linkTo } from '../widget/markdown.ts';

const top: readonly TicketSection['id'][] = ['problem', 'verdict', 'contradictions'];
const beside: readonly TicketSection['id'][] = ['who', 'facts'];
/** The proposal is drawn in a box of its own, with who must act. */
const proposed = ['Proposed next step', 'Who must act'];

/** A ticket as it is read: problem, verdict and proposal on top; what was checked and tried, and beside it who and facts. */
export function drawSections({ sections, proposal, row }: TicketDetail): HTMLElement[] {
  const drawn = (ids: readonly TicketSection['id'][], inside = true) =>
    sections.filter(({ id }) => ids.includes(id) === inside).map((section) => drawSection(section, row.class));
  const who = sections
    .flatMap(({ lines }) => lines)
    .find(({ name }) => name === proposed[1])
    ?.values.join(' ');
  return [
    el('div', { class: 'first' }, ...drawn(top), ...proposalOf(proposal.text, who ?? proposal.who)),
    el('div', { class: 'more' }, ...drawn([...top, ...beside], false)),
    el('div', { class: 'beside' }, ...drawn(beside)),
  ];
}

function proposalOf(text: string, who: string): HTMLElement[] {
  if (text === '') return [];
  const act = who === '' ? [] : [el('span', {}, `Who must act: ${who}`)];
  return [el('section', { class: 'proposal' }, el('h3', {}, 'Proposed next step', ...act), el('p', {}, text))];
}

function drawSection({ id, title, note, lines }: TicketSection, verdict: string): HTMLElement {
  const shown = id === 'verdict' ? lines.filter(({ name }) => name === null || !proposed.includes(name)) : lines;
  const body = id === 'facts' || id === 'who' ? [tableOf(shown)] : rowsOf(shown).map(drawRow);
  const from = note === undefined ? [] : [el('p', { class: 'quiet' }, note)];
  const look = id === 'verdict' ? ` ${verdict}` : '';
  return el('section', { class: `part-${id}${look}` }, el('h3', {}, title), ...body, ...from);
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

function tableOf(lines: readonly TicketLine[]): HTMLElement {
  const body = el('tbody', {}, ...rowsOf(lines).map(tableRow));
  return el('table', {}, body);
}

function tableRow(row: readonly TicketLine[]): HTMLElement {
  const [first] = row;
  if (!first) return el('tr');
  if (row.length === 1 && first.name !== null && first.as !== 'mark')
    return el('tr', {}, el('th', { scope: 'row' }, first.name), el('td', {}, ...parted(first)));
  return el('tr', {}, el('td', { colspan: '2' }, drawRow(row)));
}

function drawRow(row: readonly TicketLine[]): HTMLElement {
  const [first] = row;
  if (first?.as === 'quote') return el('blockquote', {}, ...parted(first));
  if (row.length === 1 && first && first.values.length > 1) return listOf(first);
  return el('p', { class: first?.as ?? 'line' }, ...row.map(drawLine));
}

function listOf({ name, values }: TicketLine): HTMLElement {
  const list = el('ul', {}, ...values.map((value) => el('li', {}, el('bdi', {}, value))));
  return el('div', { class: 'listed' }, ...(name === null ? [] : [el('h4', {}, name)]), list);
}

function drawLine({ name, values, as, address }: TicketLine): HTMLElement {
  const text = el('bdi', {}, values.join(' '));
  const href = address === undefined ? '' : new URL(address, location.href).href;
  const value = isSafe(href) ? linkTo(href, [text]) : text;
  if (as === 'mark') return el('strong', {}, ...(name === null ? [] : [`${name}: `]), value);
  return el('span', {}, ...(name === null ? [] : [el('span', { class: 'name' }, name), ' ']), value);
}

const parted = ({ values }: TicketLine): HTMLElement[] => values.map((value) => el('bdi', { class: 'part' }, value));
