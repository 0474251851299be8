import type { TicketSummary } from '../../domain/ticket-feed.ts';
import { ellipsize } from '../../domain/truncate.ts';
import type { FiledTicket, Ticket, Work } from '../../domain/ticket.ts';
import { headlineOf } from '../../tickets/sections.ts';
import { fixerName, minute, oneLine, visible } from '../../tickets/formatting.ts';

/** What a summary is drawn with: where the console is, and how causes are called. */
export interface SummaryNeeds {
  readonly url: string;
  readonly causeName: (slug: string) => string;
}

/** UTF-16 units; the ticket has all of it. */
const longestWords = 300;
const longestLine = 500;

/** a ticket as a feed shows it: enough to know whether to take it. */
export function summaryOf({ ticket, work, desk }: FiledTicket, { url, causeName }: SummaryNeeds): TicketSummary {
  const { number, verdict, nextStep } = ticket;
  const lines = [
    { name: 'Found', value: verdict.summary },
    { name: 'Customer', value: customerOf(ticket) },
    { name: 'Proposed', value: `${nextStep.proposal} Who must act: ${fixerName(nextStep.who)}.` },
  ];
  return {
    ticket: number,
    title: headlineOf(ticket),
    words: ellipsize(visible(ticket.problem.words), longestWords),
    lines: lines.flatMap(({ name, value }) =>
      oneLine(value) === '' ? [] : [{ name, value: ellipsize(oneLine(value), longestLine) }],
    ),
    standing: standingOf(work, desk, causeName),
    state: work.state === 'closed' ? 'closed' : work.holder ? 'taken' : 'free',
    url: work.ref?.url ?? `${url}/console/tickets/${number}`,
  };
}

function customerOf({ who: { subject, account } }: Ticket): string {
  if (!subject) return 'UNVERIFIED: nobody was signed in';
  const name = subject.name ?? subject.email ?? subject.userId;
  return account === null ? name : `${name}, ${account}`;
}

function standingOf(work: Work, desk: string, causeName: SummaryNeeds['causeName']): string {
  const { state, holder, trueCause, solved } = work;
  const since = minute(work.since);
  const by = oneLine(holder?.name ?? '') || 'a person';
  if (state === 'waiting') return `Waiting since ${since}`;
  if (state === 'sent') return `At the desk (${desk}) since ${since}`;
  if (state === 'claimed') return `Claimed by ${by}, ${since}`;
  // Whoever closes a ticket here or at a desk stands on it.
  if (!holder) return `Taken back by the customer, ${since}`;
  const cause =
    trueCause === null ? '' : `: ${trueCause === 'none' ? 'none of the known causes' : causeName(trueCause)}`;
  const customer = solved === true ? '. The customer says that it is solved' : '';
  return `Closed by ${by}, ${since}${cause}${customer}`;
}
