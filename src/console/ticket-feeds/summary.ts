import { languageName } from '../../domain/language-name.ts';
import type { TicketSummary } from '../../domain/ticket-feed.ts';
import { ellipsize } from '../../domain/truncate.ts';
import type { FiledTicket, Work } from '../../domain/ticket.ts';
import { contextOf, headlineOf } from '../../tickets/headline.ts';
import { channelName, oneLine, visible } from '../../tickets/formatting.ts';

/** What a summary is drawn with: where the console is, and how causes are called. */
export interface SummaryNeeds {
  readonly url: string;
  readonly causeName: (slug: string) => string;
}

/** UTF-16 units; the ticket has all of it. */
const longestWords = 300;
const longestLine = 500;

/** A ticket as a feed shows it: enough to know whether to take it. */
export function summaryOf({ ticket, work, desk }: FiledTicket, { url, causeName }: SummaryNeeds): TicketSummary {
  const { number, nextStep, who } = ticket;
  const { priority } = work;
  const language = ticket.languageNote === undefined ? [] : [languageName(ticket.language)];
  const next = [nextStep.caution ?? '', nextStep.proposal].map(oneLine).filter(Boolean).join(' ');
  return {
    ticket: number,
    title: ellipsize(headlineOf({ ...ticket, priority }), longestLine),
    context: [...contextOf(ticket), `in ${channelName(who.channel)}`, ...language, number].join(' · '),
    words: ellipsize(visible(ticket.problem.words), longestWords),
    next: ellipsize(next, longestLine),
    standing: standingOf(work, desk, causeName),
    since: work.since,
    state: work.state === 'closed' ? 'closed' : work.holder ? 'taken' : 'free',
    isUrgent: priority === 'high',
    url: work.ref?.url ?? `${url}/console/tickets/${number}`,
  };
}

function standingOf(work: Work, desk: string, causeName: SummaryNeeds['causeName']): string {
  const { state, holder, trueCause, solved, mergedInto } = work;
  const by = oneLine(holder?.name ?? '') || 'a person';
  // Only who was asked after a ticket was closed says so.
  if (state === 'waiting') return solved === false ? 'Opened again: the customer says it is not solved' : 'Waiting';
  if (state === 'sent') return `At the desk (${desk})`;
  if (state === 'claimed') return `Claimed by ${by}`;
  if (mergedInto !== null) return `Goes on as ${mergedInto}`;
  // Whoever closes a ticket here or at a desk stands on it.
  if (!holder) return 'Taken back by the customer';
  const cause =
    trueCause === null ? '' : `: ${trueCause === 'none' ? 'none of the known causes' : causeName(trueCause)}`;
  const customer = solved === true ? '. The customer says that it is solved' : '';
  return `Closed by ${by}${cause}${customer}`;
}
