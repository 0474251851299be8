import { planLines, usageLines } from '../../dialogs/account-lines.ts';
import { statusOf } from '../../dialogs/ticket-status.ts';
import type { ClientFacts } from '../domain/activity.ts';
import { channelNames, type PushChannel } from '../domain/channels.ts';
import type { Content } from '../domain/content.ts';
import type { OfficeHours } from '../domain/office-hours.ts';
import type { Accounts, Clock, Conversations, StoredInbound, TellHome, Tickets } from '../domain/ports.ts';
import type { VerifiedSubject } from '../domain/subject.ts';
import type { FiledTicket } from '../domain/ticket.ts';
import { restoreSubject } from '../identity/verify.ts';
import { createWords, type Words } from '../knowledge/wording.ts';

/** What telling somebody of their account on a page needs. */
export interface TellHomeNeeds {
  /** Finds out whose account it is, as before a turn. */
  readonly identify: (conversationId: string, activity: Pick<StoredInbound, 'type' | 'author'>) => Promise<ClientFacts>;
  readonly conversations: Pick<Conversations, 'load'>;
  readonly accounts: Accounts;
  readonly tickets: Pick<Tickets, 'newestOf' | 'besides'>;
  readonly content: Content;
  /** Where customers reach this server. */
  readonly url: string;
  readonly expectedResponse: string | null;
  readonly office: OfficeHours | null;
  readonly clock: Clock;
}

/** Tickets that are told besides the newest. */
const mostBesides = 4;

/** Tells nothing of an account where others read along, or nobody was proved. */
export function createTellHome(needs: TellHomeNeeds): TellHome {
  const { identify, conversations, accounts, tickets, content, url, clock } = needs;

  async function openTicketsOf(subject: VerifiedSubject): Promise<readonly FiledTicket[]> {
    const newest = await tickets.newestOf(subject);
    const all = newest ? [newest, ...(await tickets.besides(newest.ticket, mostBesides))] : [];
    // Of the same conversation there may be tickets of whoever it belonged to before.
    const isTheirs = ({ ticket: { who } }: FiledTicket) =>
      who.subject?.accountId === subject.accountId && who.subject.userId === subject.userId;
    return all.filter((one) => isTheirs(one) && one.work.state !== 'closed');
  }

  async function accountOf(subject: VerifiedSubject, words: Words): Promise<string> {
    const [snapshot, open] = await Promise.all([accounts.read(subject), openTicketsOf(subject)]);
    const told = [...planLines(words, snapshot), ...usageLines(words, snapshot)];
    const source = words.line('source-account-api');
    const readAt = words.line('read-at', { source, readAt: { at: snapshot.at } });
    const at = clock.now();
    return [
      ...(told.length > 0 ? [words.line('home-account'), ...told, readAt] : [words.line('could-not-read')]),
      ...(open.length > 0 ? [words.line('home-tickets')] : []),
      ...open.map((filed) => statusOf({ words, at }, filed, needs)),
    ].join('\n\n');
  }

  return async ({ conversationId, author }) => {
    const { zone } = await identify(conversationId, { type: 'message', author });
    const talk = await conversations.load(conversationId);
    const subject = talk?.subject && !talk.shared ? restoreSubject(talk.subject) : null;
    const words = createWords(content, url, subject?.zone ?? zone, 'customer', clock);
    const chat = channelNames[talk?.channel as PushChannel];
    return subject ? accountOf(subject, words) : words.line('home-link', { chat });
  };
}
