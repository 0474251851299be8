import type { Priority, Ticket, TicketVerdict } from '../domain/ticket.ts';
import { oneLine, spanUntil, utcTimes, type Times } from './formatting.ts';

/** How far a verdict can be believed. */
const classes: Readonly<Record<TicketVerdict['class'], string>> = {
  proved: 'Proved',
  possible: 'Possible',
  'nothing-blocks': 'No cause found',
  'could-not-check': 'Could not check',
  'not-diagnosed': 'Not diagnosed',
};

const highPriority = 'HIGH PRIORITY · ';

/** A ticket's first line: who cannot do what, why, and how sure that is; high priority first. */
export function headlineOf(ticket: Omit<Ticket, 'priority'> & { readonly priority: Priority }): string {
  const high = ticket.priority === 'high' ? highPriority : '';
  const sentence = oneLine(ticket.headline ?? '') || `${whatOf(ticket)}. ${oneLine(ticket.verdict.summary)}`.trim();
  return `${high}${sentence} ${classes[ticket.verdict.class]}.`;
}

/** The second line: whose account it is, on which plan, in which role, and when waiting opens the door. */
export function contextOf(
  { who, opensAt, openedAt, languageNote }: Ticket,
  { minute }: Times = utcTimes,
): readonly string[] {
  const { subject, account, plan, role } = who;
  const whose = subject ? [account ?? subject.accountId, plan, role] : ['UNVERIFIED: nobody proved who this is'];
  const opens = opensAt === undefined ? null : `opens by waiting: ${minute(opensAt)} (${spanUntil(opensAt, openedAt)})`;
  return [...whose, opens, languageNote].flatMap((one) => oneLine(one ?? '') || []);
}

/** A ticket in one line that tells it from forty others: a subject, a row of a list. */
export function subjectOf(ticket: Ticket): string {
  const { who, number, priority } = ticket;
  const { subject, account } = who;
  const whose = oneLine(account ?? '') || oneLine(subject?.name ?? subject?.accountId ?? '') || 'Unverified';
  const line = [whose, whatOf(ticket), number].join(' · ');
  return priority === 'high' ? `${highPriority}${line}` : line;
}

/** What it is about. What is no denial is called by its topic: nothing was diagnosed. */
export function whatOf({ problem: { topic, feature }, verdict }: Pick<Ticket, 'problem' | 'verdict'>): string {
  if (oneLine(topic ?? '') !== '') return oneLine(topic ?? '');
  const what = oneLine(feature ?? '') || 'Access';
  const kind = classes[verdict.class].toLowerCase();
  if (verdict.class !== 'proved' && verdict.class !== 'possible') return `${what}: ${kind}`;
  return `${what} blocked: ${lowerFirst(oneLine(verdict.name))} (${kind})`;
}

function lowerFirst(text: string): string {
  return text.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());
}
