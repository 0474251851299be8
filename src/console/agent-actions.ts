import type { Answering, Person } from '../domain/agent.ts';
import { SupportError } from '../domain/errors.ts';
import type { AgentAction, Clock, Conversations, Random, RemovedKind, Store, TalkChange } from '../domain/ports.ts';
import type { Reply } from '../domain/reply.ts';
import { unfilledIn } from '../domain/saved-replies.ts';
import type { DeskEvent, FiledTicket, Priority, WorkState } from '../domain/ticket.ts';
import { redact } from '../redaction/index.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { merging } from './merge.ts';
import { talksOf } from './talks-of.ts';

/** What the actions need: the tickets, and the words that mark a person. */
export interface ActionNeeds {
  readonly store: Pick<Store, 'ticketActions' | 'tickets' | 'outbox' | 'audit'> & Pick<Conversations, 'load'>;
  readonly random: Random;
  readonly clock: Clock;
  readonly say: (
    line: 'person-joined' | 'person-left' | 'ticket-merged',
    facts: Readonly<Record<string, string>>,
  ) => string;
}

/** What an agent wrote; the same `id` again is the same. */
export interface AgentMessage {
  readonly id: string;
  readonly text: string;
}

/** What agents can do with a ticket. Each throws `not-found`, or `ticket-changed` where it is not as it was to be. */
export interface AgentActions {
  /** `from`: whom the agent saw to have it; null: nobody. */
  claim(ticket: string, by: Person, from: string | null): Promise<void>;
  /** `from`: whom the agent saw to have it; null: nobody. */
  assign(ticket: string, by: Person, move: { readonly to: Person; readonly from: string | null }): Promise<void>;
  /** `from`: which the agent saw it to have. */
  rank(ticket: string, by: Person, move: { readonly to: Priority; readonly from: Priority }): Promise<void>;
  /** Closes it, and it goes on in the other one of the same person; throws `message-invalid` where it is somebody else's. */
  merge(ticket: string, by: Person, into: string): Promise<void>;
  /** So many messages were unread; not in the audit log. */
  see(ticket: string, by: Person, unread: number): Promise<void>;
  release(ticket: string, by: Person): Promise<void>;
  /** To the customer, where they are; says what was taken out of it. Throws `reply-unfilled`. */
  reply(ticket: string, by: Person, written: AgentMessage): Promise<readonly RemovedKind[]>;
  /** To other agents; says what was taken out of it. */
  note(ticket: string, by: Person, written: AgentMessage): Promise<readonly RemovedKind[]>;
  handBack(ticket: string, by: Person): Promise<void>;
  /** `cause`: what it truly was; null: not told. */
  close(ticket: string, by: Person, cause: string | null): Promise<void>;
  reopen(ticket: string, by: Person): Promise<void>;
  requeue(ticket: string, by: Person): Promise<void>;
  /** What was done at an external desk; what is not about a ticket of that desk is passed over. */
  fromDesk(desk: string, event: DeskEvent): Promise<void>;
}

/** Who answers in a conversation, before something is done. */
interface Answered {
  readonly conversationId: string;
  readonly before: Answering | null;
}
type Changed = Omit<TalkChange, 'conversationId'>;

const open: readonly WorkState[] = ['waiting', 'sent', 'claimed'];
const all: readonly WorkState[] = [...open, 'closed'];

/** The agents' actions on the stored tickets. */
export function createAgentActions(needs: ActionNeeds): AgentActions {
  const { store, random, clock } = needs;

  async function act(action: Omit<AgentAction, 'id'> & { readonly id?: string }): Promise<void> {
    const done = await store.ticketActions.act({ ...action, id: action.id ?? random.id(22) });
    if (done === 'refused') throw new SupportError('ticket-changed');
  }

  async function find(number: string): Promise<FiledTicket> {
    const filed = await store.tickets.find(number);
    if (!filed) throw new SupportError('not-found');
    return filed;
  }

  /** What changes in each talk of a ticket, by who answers there now; null: nothing does. */
  async function inTalks(filed: FiledTicket, change: (talk: Answered) => Changed | null) {
    const changes = (await talksOf(store.tickets, filed)).map(async ({ ticket: { conversationId } }) => {
      const changed = change({ conversationId, before: (await store.load(conversationId))?.answering ?? null });
      return changed ? [{ conversationId, ...changed }] : [];
    });
    return (await Promise.all(changes)).flat();
  }

  const mark = (kind: 'person-joined' | 'person-left', { name }: Person): Reply => ({
    kind,
    name,
    text: needs.say(kind, { name }),
    actions: [],
  });

  /** A person who answered about this ticket, and does no longer, is marked as gone. */
  const left = (ticket: string, { before }: Answered): Changed | null =>
    before?.ticket === ticket ? { answering: null, says: [mark('person-left', before)] } : null;
  const leaving = (filed: FiledTicket, ticket = filed.ticket.number) => inTalks(filed, (talk) => left(ticket, talk));

  function say(filed: FiledTicket, by: Person, desk: string | null, text: string) {
    const { number } = filed.ticket;
    const answering: Answering = { id: by.id, name: by.name, ticket: number, desk, at: clock.now() };
    const message: Reply = { kind: 'person', name: by.name, text: escapeMarkdown(text), actions: [] };
    return inTalks(filed, ({ before }) => {
      const joins = before?.id !== by.id;
      return { answering, says: joins ? [mark('person-joined', by), message] : [message] };
    });
  }

  /** The bot is back wherever the customer reads, and asks there whether it is solved. */
  async function closing(filed: FiledTicket, by: Person, trueCause: string | null, atDesk: boolean) {
    const asks = { type: 'event', name: 'ticket-closed', ticket: filed.ticket.number, by: by.name, atDesk } as const;
    return {
      action: 'close' as const,
      becomes: { state: 'closed' as const, holder: by, trueCause },
      talks: await inTalks(filed, () => ({ answering: null, says: [], asks })),
    };
  }

  return {
    async claim(ticket, by, from) {
      const before = await find(ticket);
      if (before.work.state === 'claimed' && before.work.holder?.id === by.id) return;
      const taken = before.work.holder && { detail: `from ${before.work.holder.name}` };
      const becomes = { state: 'claimed' as const, holder: by };
      await act({ ticket, by, action: 'claim', ...taken, when: { states: open, holder: from }, becomes });
    },

    async assign(ticket, by, { to, from }) {
      const { work } = await find(ticket);
      if (work.state === 'claimed' && work.holder?.id === to.id) return;
      const detail = work.holder ? `to ${to.name} from ${work.holder.name}` : `to ${to.name}`;
      const becomes = { state: 'claimed' as const, holder: to };
      await act({ ticket, by, action: 'assign', detail, when: { states: open, holder: from }, becomes });
    },

    async rank(ticket, by, { to: priority, from }) {
      await find(ticket);
      const when = { states: open, priority: from };
      await act({ ticket, by, action: 'priority', detail: priority, when, priority });
    },

    async merge(ticket, by, into) {
      const [gone, kept] = [await find(ticket), await find(into)];
      const text = needs.say('ticket-merged', { merged: ticket, ticket: into });
      const tells: Reply = { kind: 'text', text, actions: [] };
      const action = merging(gone, kept, by, tells);
      const talks = await inTalks(gone, (talk) => {
        const goesOn = talk.before?.ticket === ticket && talk.conversationId === kept.ticket.conversationId;
        return goesOn ? { answering: { ...talk.before, ticket: into }, says: [] } : left(ticket, talk);
      });
      await act({ ...action, talks });
    },

    async see(ticket, by, unread) {
      await find(ticket);
      await store.ticketActions.see(ticket, by, unread);
    },

    async release(ticket, by) {
      const talks = await leaving(await find(ticket));
      const becomes = { state: 'waiting' as const, holder: null };
      await act({ ticket, by, action: 'release', when: held(by), becomes, talks });
    },

    async reply(ticket, by, { id, text }) {
      const filed = await find(ticket);
      if (unfilledIn(text).length > 0) throw new SupportError('reply-unfilled');
      const { text: kept, removed } = redact(text);
      const talks = await say(filed, by, null, kept);
      await act({ ticket, by, action: 'reply', id: `reply:${ticket}:${by.id}:${id}`, when: held(by), talks });
      return removed;
    },

    async note(ticket, by, { id, text }) {
      await find(ticket);
      const { text: note, removed } = redact(text);
      await act({ ticket, by, action: 'note', id: `note:${ticket}:${by.id}:${id}`, when: { states: all }, note });
      return removed;
    },

    async handBack(ticket, by) {
      const talks = await leaving(await find(ticket));
      if (talks.length > 0) await act({ ticket, by, action: 'hand-back', when: held(by), talks });
    },

    async close(ticket, by, cause) {
      const filed = await find(ticket);
      const { holder } = filed.work;
      if (holder && holder.id !== by.id) throw new SupportError('ticket-changed');
      const when = { states: open, holder: holder?.id ?? null };
      await act({ ticket, by, when, detail: cause ?? 'not told', ...(await closing(filed, by, cause, false)) });
    },

    async reopen(ticket, by) {
      const filed = await find(ticket);
      const becomes = { state: 'claimed' as const, holder: by };
      // Whoever answers about the ticket in which it went on reaches its conversation no longer.
      const talks = filed.work.mergedInto === null ? [] : await leaving(filed, filed.work.mergedInto);
      await act({ ticket, by, action: 'reopen', when: { states: ['closed'] }, becomes, talks });
    },

    async requeue(ticket, by) {
      await find(ticket);
      if (!(await store.outbox.requeue(ticket))) throw new SupportError('ticket-changed');
      await store.audit.add({ id: random.id(22), by, action: 'requeue', ticket, detail: null });
    },

    async fromDesk(desk, { kind, id: eventId, ticket, person, text }) {
      const filed = await store.tickets.find(ticket);
      if (filed?.desk !== desk) return;
      const of = { ticket, by: person, id: `${desk}:${eventId}` };
      if (kind === 'closed') {
        if (filed.work.state !== 'closed')
          await act({ ...of, when: { states: open }, ...(await closing(filed, person, null, true)) });
        return;
      }
      const talks = await say(filed, person, desk, redact(text).text);
      // Otherwise nobody would close it again, and the bot would stay silent.
      const reopened = filed.work.state === 'closed' && { becomes: { state: 'sent' as const, holder: null } };
      await act({ ...of, action: 'reply', detail: `from ${desk}`, when: { states: all }, ...reopened, talks });
    },
  };
}

function held(by: Person) {
  return { states: ['claimed'] as const, holder: by.id };
}
