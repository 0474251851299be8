import { post } from './api.ts';
import { confirmed } from './confirm.ts';
import type { Notice, Ticket } from './ticket.ts';
import type { Detail, Me, Person } from './wire.ts';
import { causeName, deskName } from './words.ts';

/** What agents do with the open ticket. Each resolves to whether it was done. */
export interface Deeds {
  claim(): Promise<boolean>;
  takeOver(): Promise<boolean>;
  release(): Promise<boolean>;
  handBack(): Promise<boolean>;
  close(cause: string): Promise<boolean>;
  reopen(): Promise<boolean>;
  revive(): Promise<boolean>;
  note(id: string, text: string): Promise<boolean>;
  /** Claims the ticket first where nobody has it. */
  reply(id: string, text: string): Promise<boolean>;
}

/** The deeds on one ticket, as this agent. */
export function deedsOf(ticket: Ticket, me: Me): Deeds {
  const simple = (deed: string, text: string) => ticket.act(deed, {}, () => done(text));
  const claim = (from: Person | null) =>
    ticket.act('claim', { from: from?.id ?? null }, () => done('This ticket is yours now.'));
  return {
    claim: () => claim(null),
    takeOver: () => takeOver(ticket, claim),
    release: () => simple('release', 'Put back: it waits for the next agent.'),
    handBack: () => simple('hand-back', 'The bot speaks with the customer again.'),
    close: (cause) => ticket.act('close', { cause }, () => done(`Closed: ${causeName(me, cause)}.`, true)),
    reopen: () => simple('reopen', 'Open again.'),
    revive: () => simple('revive', `It is on its way to ${deskName(ticket.detail?.row.delivery.desk ?? '')} again.`),
    note: (id, text) => ticket.act('note', { id, text }, (fresh) => wrote('Note added.', fresh)),
    reply: async (id, text) => {
      if (ticket.may?.claim && !(await claim(null))) return false;
      return ticket.act('reply', { id, text }, (fresh) => wrote('Sent.', fresh));
    },
  };
}

const done = (text: string, next = false): Notice => ({ look: 'done', text, next });

async function takeOver({ detail }: Ticket, claim: (from: Person) => Promise<boolean>): Promise<boolean> {
  const holder = detail?.row.holder ?? null;
  if (!holder || !(await confirmed(takeOverText(holder), `Take over from ${holder.name}`))) return false;
  return claim(holder);
}

const takeOverText = ({ name }: Person): string =>
  `${name} has this ticket now. If you take it over, ${name} can no longer reply to this customer.`;

/** What was taken out of a text is shown; that it is there can be seen. */
function wrote(text: string, { removed = [] }: Detail): Notice {
  if (removed.length === 0) return { look: 'said', text };
  const what = removed.map((kind) => `a ${kind.replaceAll('-', ' ')}`).join(' and ');
  return { look: 'done', text: `${text} For safety, ${what} was taken out of it.` };
}

/** Ends the agent's session and leaves. */
export async function signOut(): Promise<void> {
  await post('/console/sign-out').catch(() => null);
  location.assign('/console/sign-in');
}
