import type { Agent, Role } from '../../domain/agent.ts';
import { codeOf } from '../../domain/errors.ts';
import type { ClaimPress, Claimed, TakeClaim, TicketSummary } from '../../domain/escalation.ts';
import type { Clock, Log, Random, Store } from '../../domain/ports.ts';
import type { FiledTicket } from '../../domain/ticket.ts';
import type { AgentActions } from '../agent-actions.ts';

/** What claims from boards stand on. */
export interface ClaimNeeds {
  readonly store: Pick<Store, 'tickets' | 'connectedAgents'>;
  readonly actions: Pick<AgentActions, 'claim'>;
  readonly summaryOf: (filed: FiledTicket) => TicketSummary;
  /** Which roles an agent has by now. */
  readonly rolesNow: (agent: Agent) => readonly Role[];
  readonly url: () => string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Somebody in a channel who is to be connected with an agent of the console. */
export type Stranger = Pick<ClaimPress, 'channel' | 'channelUser' | 'name'>;

/** Claims from boards, and who pressed without being connected. */
export interface Claims {
  readonly take: TakeClaim;
  /** Resolves when no claim is under way. */
  idle(): Promise<void>;
  /** By the key in the address that they were shown; null: there is none, or it is older than ten minutes. */
  readonly strangerOf: (key: string) => Stranger | null;
}

const shownMs = 600_000;
/** The oldest go first. */
const mostStrangers = 1_000;

/** Takes "Claim" from whoever is connected with an agent; others are shown where to say who they are. */
export function createClaims(needs: ClaimNeeds): Claims {
  const { store, actions, summaryOf, rolesNow, clock, random, log } = needs;
  const running = new Set<Promise<Claimed>>();
  const strangers = new Map<string, { readonly stranger: Stranger; readonly until: number }>();

  async function take(press: ClaimPress): Promise<Claimed['tell']> {
    const agent = await store.connectedAgents.find(press.channelUser);
    if (!agent) return connect(press);
    if (!rolesNow(agent).includes('agent')) return only('You may not claim tickets: ask your operator for the role.');
    try {
      await actions.claim(press.ticket, agent, null);
      return null;
    } catch (error) {
      if (codeOf(error) === 'not-found') return only('There is no such ticket any more.');
      if (codeOf(error) !== 'ticket-changed') throw error;
      const filed = await store.tickets.find(press.ticket);
      // They pressed twice.
      return filed?.work.holder?.id === agent.id ? null : only(late(filed));
    }
  }

  function connect({ channel, channelUser, name }: ClaimPress): Claimed['tell'] {
    const key = random.id(22);
    strangers.set(key, { stranger: { channel, channelUser, name }, until: clock.now() + shownMs });
    const [oldest] = strangers.keys();
    if (strangers.size > mostStrangers && oldest !== undefined) strangers.delete(oldest);
    const url = `${needs.url()}/console/connect?who=${key}`;
    const text = 'Say once in the console which agent you are; then press “Claim” again.';
    return { text, link: { label: 'Connect with the console', url } };
  }

  async function answer(press: ClaimPress): Promise<Claimed> {
    try {
      const tell = await take(press);
      const filed = await store.tickets.find(press.ticket);
      return { summary: filed && summaryOf(filed), tell };
    } catch (error) {
      log.error({ ticket: press.ticket, channel: press.channel, err: error }, 'a claim failed');
      return { summary: null, tell: only('That did not work. Please open the ticket in the console.') };
    }
  }

  return {
    strangerOf(key) {
      const found = strangers.get(key);
      return found && found.until > clock.now() ? found.stranger : null;
    },
    take(press) {
      const taking = answer(press).finally(() => running.delete(taking));
      running.add(taking);
      return taking;
    },
    async idle() {
      await Promise.all(running);
    },
  };
}

function only(text: string): Claimed['tell'] {
  return { text, link: null };
}

function late(filed: FiledTicket | null): string {
  const { holder, state } = filed?.work ?? {};
  if (state === 'closed') return 'This ticket is closed already.';
  return `${holder?.name ?? 'Somebody else'} was faster: the ticket is theirs.`;
}
