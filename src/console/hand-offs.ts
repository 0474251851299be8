import type { Answering, Person } from '../domain/agent.ts';
import { SupportError } from '../domain/errors.ts';
import type { HandOffs, HandOffState, HandOffStatus } from '../domain/hand-off.ts';
import type { AgentAction, TalkChange } from '../domain/ports.ts';
import type { Reply } from '../domain/reply.ts';
import type { FiledTicket, WorkState } from '../domain/ticket.ts';
import { redact } from '../redaction/index.ts';
import { headlineOf } from '../tickets/headline.ts';
import { ticketJson } from '../tickets/ticket-json.ts';
import type { ActionNeeds } from './agent-actions.ts';

/** What hand-offs need besides what agents' actions do. */
export interface HandOffNeeds extends Omit<ActionNeeds, 'random'> {
  /** What customers and agents call whoever answers there. */
  readonly name: string;
  /** Where this server is reached. */
  readonly url: string;
}

/** What becomes of a ticket, and whom the customer reads after it. */
type Move = Pick<AgentAction, 'action' | 'when' | 'becomes' | 'talks' | 'note'>;

const open: readonly WorkState[] = ['waiting', 'sent', 'claimed'];

/** A hub is one more person of the console, whom no role lets in: what it may do is said here. */
export function createHandOffs({ store, clock, say, name, url }: HandOffNeeds): HandOffs {
  const hub: Person = { id: 'handoff', name };
  const mark = (kind: 'person-joined' | 'person-left'): Reply => ({
    kind,
    name,
    text: say(kind, { name }),
    actions: [],
  });

  const moves: Readonly<Record<HandOffState, (now: Now, reason: string | null) => Move>> = {
    accepted: ({ filed, before }) => ({
      action: 'claim',
      when: { states: open, holder: isHeld(filed) ? hub.id : null },
      becomes: { state: 'claimed', holder: hub },
      talks: talkOf(filed, {
        answering: { ...hub, ticket: filed.ticket.number, desk: null, at: clock.now() },
        says: before?.id === hub.id ? [] : [mark('person-joined')],
      }),
    }),
    failed: ({ filed, before }, reason) => ({
      action: isHeld(filed) ? 'release' : 'note',
      when: { states: open, holder: isHeld(filed) ? hub.id : null },
      ...(isHeld(filed) && { becomes: { state: 'waiting', holder: null } }),
      ...(before?.id === hub.id && { talks: talkOf(filed, { answering: null, says: [mark('person-left')] }) }),
      note: `The hand-off failed: ${reason === null ? 'the hub told no reason' : redact(reason).text}`,
    }),
    completed: ({ filed }) => ({
      action: 'close',
      when: { states: ['claimed'], holder: hub.id },
      becomes: { state: 'closed', holder: hub, trueCause: null },
      talks: talkOf(filed, {
        answering: null,
        says: [],
        asks: { type: 'event', name: 'ticket-closed', ticket: filed.ticket.number, by: name, atDesk: false },
      }),
    }),
  };

  /** What changes in the talk that the hub is in. */
  function talkOf(
    { ticket: { conversationId } }: FiledTicket,
    change: Omit<TalkChange, 'conversationId'>,
  ): TalkChange[] {
    return [{ conversationId, ...change }];
  }

  function isHeld({ work }: FiledTicket): boolean {
    return work.state === 'claimed' && work.holder?.id === hub.id;
  }

  return {
    async find(number) {
      const filed = await store.tickets.find(number);
      if (!filed || filed.work.state === 'closed') return null;
      const { ticket } = filed;
      return {
        topic: ticket.problem.topic ?? ticket.verdict.name,
        message: `${headlineOf(ticket)} ${ticket.nextStep.proposal}`,
        language: ticket.language,
        json: ticketJson(ticket, { transcript: `${url}/console/tickets/${number}` }),
      };
    },
    async take({ id, conversationId, ticket, state, reason }: HandOffStatus) {
      const filed = await store.tickets.find(ticket);
      if (filed?.ticket.conversationId !== conversationId)
        throw new SupportError('not-found', { detail: 'There is no such ticket in this conversation.' });
      const before = (await store.load(conversationId))?.answering ?? null;
      const move = moves[state]({ filed, before }, reason);
      const done = await store.ticketActions.act({ ...move, ticket, by: hub, id: `handoff:${ticket}:${id}` });
      if (done === 'refused') throw new SupportError('ticket-changed');
    },
  };
}

/** How a ticket stands when a hub tells of it, and who answers then. */
interface Now {
  readonly filed: FiledTicket;
  readonly before: Answering | null;
}
