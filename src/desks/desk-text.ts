import { escapeHtml } from '../domain/escape-html.ts';
import type { LaterMessage, Ticket } from '../domain/ticket.ts';
import { headlineOf } from '../tickets/sections.ts';
import { minute, oneLine, visible } from '../tickets/formatting.ts';

/** Zendesk takes 150 characters, Freshdesk and Jira 255. */
const longestSubject = 150;

/** The headline on one line; where it is too long, it is cut before its number. */
export function subjectOf(ticket: Ticket): string {
  const headline = oneLine(headlineOf(ticket));
  if (headline.length <= longestSubject) return headline;
  const end = `… · ${ticket.number}`;
  return `${headline.slice(0, longestSubject - end.length).trimEnd()}${end}`;
}

/** Someone’s text as HTML, with its line breaks. */
export function htmlOf(text: string): string {
  return escapeHtml(visible(text)).replaceAll('\n', '<br>');
}

/** The last line of what a customer wrote later, by which it is found again. */
export function markOf(number: string, { seq, at }: LaterMessage): string {
  return `– customer in the chat, ${minute(at)} · ${number}/${seq}`;
}

/** Whether a comment ends with a mark, whatever the desk made of its spaces. */
export function isMarked(comment: string, mark: string): boolean {
  return oneLine(comment).endsWith(mark);
}
