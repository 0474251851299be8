import type { Ticket } from '../domain/ticket.ts';
import { isList, rowsOf } from './section-rows.ts';
import { named } from './formatting.ts';
import type { TicketLine, TicketLinks, TicketSection } from './section.ts';
import { headlineOf, sectionsOf } from './sections.ts';

/** A ticket as plain text, for e-mail and for desks without HTML. */
export function ticketText(ticket: Ticket, links?: TicketLinks): string {
  return `${[headlineOf(ticket), ...sectionsOf(ticket, links).map(sectionText)].join('\n\n')}\n`;
}

/** A section of one sentence stands beside its title. */
function sectionText({ title, note, lines }: TicketSection): string {
  const head = note === undefined ? title.toUpperCase() : `${title.toUpperCase()} ${note}`;
  const rows = rowsOf(lines).map((row) => row.map(lineText).join(' · '));
  const [first] = lines;
  const isSentence = lines.length === 1 && first?.name === null && first.as !== 'quote';
  return [head, ...rows].join(isSentence ? ' ' : '\n');
}

function lineText(line: TicketLine): string {
  const { name, values, as, address } = line;
  const value = values.join(' ');
  if (as === 'quote') return value.replaceAll(/^/gm, '> ');
  if (isList(line)) return [named(name ?? ''), ...values.map((one) => `- ${one}`)].join('\n');
  const told = address === undefined || address === value ? value : `${value} (${address})`;
  return name === null ? told : `${named(name)} ${told}`;
}
