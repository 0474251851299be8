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

/** Names what a customer wrote later: the same at every attempt. */
export function laterId(number: string, { seq }: LaterMessage): string {
  return `${number}/${seq}`;
}

/** What a customer wrote later as HTML, with its mark. */
export function laterHtml(number: string, message: LaterMessage): string {
  return `<p>${htmlOf(message.text)}</p><p><small>${htmlOf(markOf(number, message))}</small></p>`;
}

/** The last line of what a customer wrote later, by which it is found again. */
export function markOf(number: string, message: LaterMessage): string {
  return `– customer in the chat, ${minute(message.at)} · ${laterId(number, message)}`;
}

/** Whether a comment ends with a mark, whatever the desk made of its spaces. */
export function isMarked(comment: string, mark: string): boolean {
  return oneLine(comment).endsWith(mark);
}
