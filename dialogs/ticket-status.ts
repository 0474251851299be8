import { backAt } from '../src/domain/office-hours.ts';
import type { FiledTicket } from '../src/domain/ticket.ts';
import type { Services } from './services.ts';
import type { Turn } from './turn.ts';

/** What telling how it stands with a ticket needs. */
export type StatusNeeds = Pick<Services, 'tickets' | 'expectedResponse' | 'office'>;

/** In which words something is told, and when. */
type Telling = Pick<Turn, 'words' | 'at'>;

/** Tells who has the customer's ticket or where it is, and when an answer can be expected. */
export async function tellTicketStatus(turn: Turn, needs: StatusNeeds): Promise<void> {
  const filed = await ticketOf(turn, needs);
  if (!filed) {
    turn.say('no-ticket');
    turn.offerPerson(turn.offeredBefore);
    return;
  }
  const ticket = filed.ticket.number;
  const theirs = turn.theirWords();
  if (theirs) turn.reply(theirs.ticket(ticket), { kind: 'ticket', ticket });
  else turn.reply(statusOf(turn, filed, needs), { kind: 'ticket', ticket });
}

/** The ticket of this conversation; in a later one of the same verified person, their newest. */
async function ticketOf({ memory, subject }: Turn, { tickets }: StatusNeeds): Promise<FiledTicket | null> {
  const number = memory.ticket ?? memory.lastTicket;
  const filed = number === null ? null : await ticketNow(number, tickets);
  return filed ?? (subject ? tickets.newestOf(subject) : null);
}

/** A ticket, or the one in which it goes on. */
export async function ticketNow(number: string, tickets: StatusNeeds['tickets']): Promise<FiledTicket | null> {
  const filed = await tickets.find(number);
  const into = filed?.work.mergedInto ?? null;
  return (into === null ? null : await tickets.find(into)) ?? filed;
}

/** How it stands, in a sentence or two. */
export function statusOf(
  turn: Telling,
  filed: FiledTicket,
  needs: Pick<StatusNeeds, 'expectedResponse' | 'office'>,
): string {
  const { words } = turn;
  const { work, dead, deliveredAt } = filed;
  const ticket = filed.ticket.number;
  const expected = ['', ...expectations(turn, needs)].join(' ');
  if (work.state === 'closed') return words.line('ticket-is-closed', { ticket });
  if (work.state === 'claimed') return words.line('ticket-claimed', { ticket, name: work.holder?.name ?? '' });
  if (dead) return words.line('ticket-held', { ticket }) + expected;
  if (deliveredAt === null) return words.line('ticket-waiting', { ticket }) + expected;
  const line = work.state === 'sent' ? 'ticket-delivered' : 'ticket-untaken';
  return words.line(line, { ticket, deliveredAt: { at: deliveredAt } }) + expected;
}

/** When an answer can be expected, and when somebody is there again: as far as the operator tells that. */
export function expectations(
  { words, at }: Telling,
  { expectedResponse: time, office }: Pick<StatusNeeds, 'expectedResponse' | 'office'>,
): string[] {
  const back = office && backAt(office, at);
  return [
    ...(time === null ? [] : [words.line('expected-response', { time })]),
    ...(back === null ? [] : [words.line('back-at', { at: { at: back } })]),
  ];
}
