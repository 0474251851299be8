import { escapeHtml } from '../domain/escape-html.ts';
import type { Ticket } from '../domain/ticket.ts';
import { isList, rowsOf } from './section-rows.ts';
import { named } from './formatting.ts';
import type { TicketLine, TicketLinks, TicketSection } from './section.ts';
import { headlineOf, sectionsOf } from './sections.ts';

/** A ticket as a fragment of HTML for desks: no styles, no attributes but a link’s address, every value escaped. */
export function ticketHtml(ticket: Ticket, links?: TicketLinks): string {
  return [
    `<p><strong>${escapeHtml(headlineOf(ticket))}</strong></p>`,
    ...sectionsOf(ticket, links).map(sectionHtml),
  ].join('\n');
}

function sectionHtml({ title, note, lines }: TicketSection): string {
  const rows = rowsOf(lines).map(rowHtml).join('\n');
  // Neighbouring rows are one paragraph: desks draw much room between two.
  return `<h3>${escapeHtml(note === undefined ? title : `${title}, ${note}`)}</h3>\n${rows.replaceAll('</p>\n<p>', '<br>\n')}`;
}

function rowHtml(row: readonly TicketLine[]): string {
  const [first] = row;
  if (first?.as === 'quote')
    return `<blockquote>${first.values.map(escapeHtml).join('').replaceAll('\n', '<br>')}</blockquote>`;
  if (!first || !isList(first)) return `<p>${row.map(lineHtml).join(' · ')}</p>`;
  const items = first.values.map((value) => `<li>${escapeHtml(value)}</li>`);
  return [`<p>${escapeHtml(named(first.name ?? ''))}</p>`, '<ul>', ...items, '</ul>'].join('\n');
}

function lineHtml({ name, values, as, address }: TicketLine): string {
  const text = values.map(escapeHtml).join(' ');
  const value = address === undefined ? text : `<a href="${escapeHtml(address)}">${text}</a>`;
  const line = name === null ? value : `${escapeHtml(named(name))} ${value}`;
  return as === 'mark' ? `<strong>${line}</strong>` : line;
}
