import type { SubjectFields } from '../../src/domain/subject.ts';
import type { FiledTicket, LaterMessage, Ticket } from '../../src/domain/ticket.ts';

/** What a customer wrote: with an address in it that nobody proved. */
export const words = 'My invoice of Straße 7 says “access denied”, mail me at zoe@example.com';

/** How somebody who was not verified says that they can be reached. */
export const contact = 'zoe@example.com';

/** Someone whose identity was proved. */
export const verified: SubjectFields = {
  accountId: 'acct_7',
  userId: 'user_7',
  verifiedBy: 'signed-identity',
  name: 'Ada Example',
  email: 'ada@customer.example',
};

const openedAt = Date.UTC(2026, 10, 22, 10);

/** A whole ticket; without a subject it is of nobody in particular. */
export function ticketNumbered(number: string, conversationId = 'talk', over: Partial<Ticket> = {}): Ticket {
  return {
    ...{ number, conversationId, openedAt, priority: 'normal', language: 'en' },
    customerSubject: 'Access to Export',
    problem: { words, feature: 'Export', saidAt: openedAt, errorCode: '403', requestId: null, time: null },
    who: { subject: null, account: null, role: null, seat: null, channel: 'direct-line', unverifiedContact: contact },
    facts: [],
    verdict: { class: 'proved', cause: 'monthly-limit', name: 'Monthly limit', summary: 'Used up.', findings: [] },
    steps: [],
    feedback: null,
    // Typed, too: a ticket asks for a way to answer.
    answers: [{ question: 'Where can we reach you?', answer: contact }],
    nextStep: { proposal: 'Raise the limit.', who: 'us' },
    article: null,
    ...over,
  };
}

/** The ticket of someone whose identity was proved. */
export function ticketOfSomeone(number: string, subject: Partial<SubjectFields> = {}): Ticket {
  const who = { account: 'Acme', role: 'Member', seat: null, channel: 'direct-line', unverifiedContact: contact };
  return ticketNumbered(number, 'talk', { who: { ...who, subject: { ...verified, ...subject } } });
}

/** A ticket as it stands at its desk. */
export function filed(ticket: Ticket, desk: string, ref: FiledTicket['work']['ref']): FiledTicket {
  const none = { holder: null, trueCause: null, solved: null, waitsSince: null, unread: 0, mergedInto: null };
  const work = { state: 'sent' as const, since: openedAt, ...none, priority: ticket.priority, ref };
  return { ticket, desk, deliveredAt: openedAt, attempts: 1, dead: null, work };
}

/** What a customer wrote later, as the n-th activity of the conversation. */
export function later(seq: number, text = `And ${words}`): LaterMessage {
  return { seq, text, at: openedAt + seq * 60_000 };
}
