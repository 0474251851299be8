import type { Ticket } from '../domain/ticket.ts';
import { contextOf, headlineOf } from './headline.ts';
import { rowsOf } from './section-rows.ts';
import { named } from './formatting.ts';
import { isQuoted, type TicketLine, type TicketPlace, type TicketSection } from './section.ts';
import { sectionsOf } from './sections.ts';

/** RFC 5322: a line should have no more. */
const columns = 78;
const breakable = new RegExp(`(?=.{${columns - 1}})(.{1,${columns - 2}}) `, 'gu');

/** A ticket as plain text, for e-mail: no line is wider than 78 columns, but for one long word. */
export function ticketText(ticket: Ticket, place: TicketPlace = {}): string {
  const context = [...contextOf(ticket), ticket.number].join(' · ');
  const first = [headlineOf(ticket), context, place.transcript ?? ''].filter(Boolean).map((line) => wrap(line));
  return `${[first.join('\n'), ...sectionsOf(ticket, place).map(sectionText)].join('\n\n')}\n`;
}

/** A section of one row stands beside its title. A quote speaks for itself. */
function sectionText({ title, note, lines }: TicketSection): string {
  const rows = rowsOf(lines).map((row) => row.map(lineText).join(' · '));
  if (lines[0] && isQuoted(lines[0])) return rows.map((row) => (row.startsWith('> ') ? row : wrap(row))).join('\n');
  const head = title.toUpperCase();
  if (rows.length === 1 && note === undefined) return wrap(`${head}: ${rows[0] ?? ''}`);
  return [note === undefined ? head : `${head} ${note}`, ...rows].map((row) => wrap(row)).join('\n');
}

function lineText(told: TicketLine): string {
  const { name, values, mark, address } = told;
  const value = values.join(' ');
  if (isQuoted(told)) return wrap(value, '').replaceAll(/^/gm, '> ');
  const text = address === undefined || address === value ? value : `${value} (${address})`;
  const line = name === null ? text : value === '' ? name : `${named(name)} ${text}`;
  return mark ? `${mark} ${line}` : line;
}

/** Breaks a text at spaces. What goes on is indented, so that nothing in it passes for a line of ours. */
function wrap(text: string, indent = '  '): string {
  return text.replaceAll(breakable, `$1\n${indent}`);
}
