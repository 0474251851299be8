import { escapeHtml } from '../domain/escape-html.ts';
import type { Ticket } from '../domain/ticket.ts';
import { contextOf, headlineOf } from './headline.ts';
import { rowsOf } from './section-rows.ts';
import { named } from './formatting.ts';
import { isQuoted, type TicketLine, type TicketPlace, type TicketSection } from './section.ts';
import { sectionsOf } from './sections.ts';

/** A ticket as a fragment of HTML for desks: no styles, no attributes but a link’s address, every value escaped. */
export function ticketHtml(ticket: Ticket, place: TicketPlace = {}): string {
  const context = [...contextOf(ticket).map(escapeHtml), link(ticket.number, place.transcript)].join(' · ');
  const first = [`<strong>${escapeHtml(headlineOf(ticket))}</strong>`, context];
  return [`<p>${first.join('<br>\n')}</p>`, ...sectionsOf(ticket, place).map(sectionHtml)].join('\n');
}

function link(text: string, address: string | undefined): string {
  return address === undefined ? escapeHtml(text) : `<a href="${escapeHtml(address)}">${escapeHtml(text)}</a>`;
}

/** A section is one paragraph that begins with its title: desks draw much room between two. A quote speaks for itself. */
function sectionHtml({ title, note, lines }: TicketSection): string {
  const quotes = lines.filter(isQuoted);
  const rows = rowsOf(lines.filter((line) => !isQuoted(line))).map((row) => row.map(lineHtml).join(' · '));
  if (quotes.length > 0) return [...quotes.map(quoteHtml), ...rows.map((row) => `<p>${row}</p>`)].join('\n');
  const head = `<strong>${escapeHtml(title)}${note === undefined ? ':' : ''}</strong>`;
  return note === undefined
    ? `<p>${head} ${rows.join('<br>\n')}</p>`
    : `<p>${[`${head}, ${escapeHtml(note)}:`, ...rows].join('<br>\n')}</p>`;
}

/** Lines that were pasted keep their breaks and their columns. */
function quoteHtml({ values, as }: TicketLine): string {
  const text = values.map(escapeHtml).join('');
  return as === 'pasted' || text.includes('\n') ? `<pre>${text}</pre>` : `<blockquote>${text}</blockquote>`;
}

function lineHtml({ name, values, mark, address }: TicketLine): string {
  const text = values.join(' ');
  const value = link(text, address);
  const line = name === null ? value : text === '' ? escapeHtml(name) : `${escapeHtml(named(name))} ${value}`;
  const marked = mark ? `${mark} ${line}` : line;
  return mark === '✗' ? `<strong>${marked}</strong>` : marked;
}
