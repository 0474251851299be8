import type { Ticket, TicketFact } from '../domain/ticket.ts';
import type { TicketSection } from './section.ts';
import { minute, oneLine } from './formatting.ts';

const unread = 'could not be read';

/** The facts, one section for each source and minute, so that these are said once. Nobody signed in: none, and Who says so. */
export function factSections({ facts, who }: Ticket): readonly TicketSection[] {
  if (facts.length === 0 && who.subject)
    return [{ id: 'facts', title: 'Facts', lines: [{ name: null, values: ['The account was not read.'] }] }];
  const readings = Map.groupBy(facts, readingOf);
  return [...readings].map(([note, read]) => ({ id: 'facts', title: 'Facts', note, lines: linesOf(read) }));
}

function readingOf({ source, readAt }: TicketFact): string {
  return `read from ${oneLine(source)}, ${minute(readAt)}`;
}

/** One line for each name. */
function linesOf(facts: readonly TicketFact[]): TicketSection['lines'] {
  const named = Map.groupBy(facts, ({ name }) => oneLine(name));
  return [...named].map(([name, same]) => ({ name, values: same.map(({ value }) => oneLine(value ?? unread)) }));
}
