import { escapeHtml } from '../domain/escape-html.ts';
import type { LaterMessage, Ticket } from '../domain/ticket.ts';
import { iso, type Instant } from '../domain/instant.ts';
import { truncate } from '../domain/truncate.ts';
import { subjectOf } from '../tickets/headline.ts';
import { oneLine, visible } from '../tickets/formatting.ts';

/** Zendesk takes 150 characters, Freshdesk and Jira 255. */
const longestSubject = 150;

/** A ticket's subject for agents: whose it is, what is blocked and why; where it is too long, it is cut before its number. */
export function agentSubject(ticket: Ticket): string {
  return fitting(subjectOf(ticket), ticket.number);
}

/** The subject where the customer is mailed it: nothing of what was found. */
export function customerSubject({ customerSubject, number }: Ticket): string {
  return fitting(`${oneLine(customerSubject ?? '') || 'Your question'} · ${number}`, number);
}

function fitting(subject: string, number: string): string {
  if (subject.length <= longestSubject) return subject;
  const end = `… · ${number}`;
  return `${truncate(subject, longestSubject - end.length).trimEnd()}${end}`;
}

/** What a desk finds a ticket by besides its subject: the cause, and how sure it is. */
export function tagsOf({ verdict }: Ticket): string[] {
  return ['latchkey', ...(verdict.cause === null ? [] : [verdict.cause]), verdict.class];
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

/** The last line of what was written later, by which it is found again. */
export function markOf(number: string, message: LaterMessage): string {
  const by = message.ours ? 'Latchkey' : 'customer in the chat';
  return `– ${by}, ${markedTime(message.at)} · ${laterId(number, message)}`;
}

/** Never changed: marks of earlier versions are found again by it. */
function markedTime(at: Instant): string {
  return `${iso(at).slice(0, 16).replace('T', ' ')} UTC`;
}

/** Whether a comment ends with a mark, whatever the desk made of its spaces. */
export function isMarked(comment: string, mark: string): boolean {
  return oneLine(comment).endsWith(mark);
}
