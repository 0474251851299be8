import type { Ticket } from '../domain/ticket.ts';
import { contextOf, headlineOf } from './headline.ts';
import { rowsOf } from './section-rows.ts';
import { named } from './formatting.ts';
import { isQuoted, type TicketLine, type TicketPlace, type TicketSection } from './section.ts';
import { sectionsOf } from './sections.ts';

/** A node of the Atlassian Document Format: developer.atlassian.com, “Atlassian Document Format”. */
export interface AdfNode {
  readonly type: 'paragraph' | 'text' | 'hardBreak' | 'blockquote' | 'codeBlock';
  readonly text?: string;
  readonly marks?: readonly { readonly type: 'strong' | 'link'; readonly attrs?: { readonly href: string } }[];
  readonly content?: readonly AdfNode[];
}

/** A whole document. */
export interface AdfDocument {
  readonly version: 1;
  readonly type: 'doc';
  readonly content: readonly AdfNode[];
}

/** A ticket as Jira draws it: what people wrote stands in text nodes, in which nothing is formatting, a link or a mention. */
export function ticketAdf(ticket: Ticket, place: TicketPlace = {}): AdfDocument {
  const context = text(
    contextOf(ticket)
      .map((part) => `${part} · `)
      .join(''),
  );
  const first = [strong(headlineOf(ticket)), broken, ...context, ...link(ticket.number, place.transcript)];
  const content = [paragraph(first), ...sectionsOf(ticket, place).flatMap(sectionAdf)];
  return { version: 1, type: 'doc', content };
}

const broken: AdfNode = { type: 'hardBreak' };
const strong = (words: string): AdfNode => ({ type: 'text', text: words, marks: [{ type: 'strong' }] });
const paragraph = (content: readonly AdfNode[]): AdfNode => ({ type: 'paragraph', content });

/** A text node; an empty one is not allowed. */
function text(words: string): AdfNode[] {
  return words === '' ? [] : [{ type: 'text', text: words }];
}

function link(words: string, href: string | undefined): AdfNode[] {
  if (href === undefined) return text(words);
  return text(words).map((node) => ({ ...node, marks: [{ type: 'link', attrs: { href } }] }));
}

function sectionAdf({ title, note, lines }: TicketSection): AdfNode[] {
  const quotes = lines.filter(isQuoted);
  const rows = rowsOf(lines.filter((line) => !isQuoted(line))).map(rowAdf);
  const told = rows.flatMap((row, i) => (i === 0 ? row : [broken, ...row]));
  if (quotes.length > 0) return [...quotes.map(quoteAdf), ...(told.length > 0 ? [paragraph(told)] : [])];
  const head = note === undefined ? [strong(`${title}: `)] : [strong(title), ...text(`, ${note}:`), broken];
  return [paragraph([...head, ...told])];
}

/** Lines that were pasted keep their breaks and their columns. */
function quoteAdf({ values, as }: TicketLine): AdfNode {
  const words = values.join('');
  if (as === 'pasted' || words.includes('\n')) return { type: 'codeBlock', content: text(words) };
  return { type: 'blockquote', content: [paragraph(text(words))] };
}

function rowAdf(row: readonly TicketLine[]): AdfNode[] {
  return row.flatMap((line, i) => [...(i > 0 ? text(' · ') : []), ...lineAdf(line)]);
}

function lineAdf({ name, values, mark, address }: TicketLine): AdfNode[] {
  const value = values.join(' ');
  const before = [mark, name === null ? '' : value === '' ? name : named(name)].filter(Boolean).join(' ');
  const lead = before === '' ? [] : [value === '' ? before : `${before} `];
  if (mark === '✗') return [strong(`${lead.join('')}${value}`)];
  return [...lead.flatMap(text), ...link(value, address)];
}
