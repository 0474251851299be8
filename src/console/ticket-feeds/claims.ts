import type { Agent, Role } from '../../domain/agent.ts';
import { codeOf } from '../../domain/errors.ts';
import type { ClaimRequest, ClaimResult, HandleClaim, TicketSummary } from '../../domain/ticket-feed.ts';
import type { Clock, Log, Random, Store } from '../../domain/ports.ts';
import type { FiledTicket } from '../../domain/ticket.ts';
import { createExpiringCache } from '../../http/expiring-cache.ts';
import type { AgentActions } from '../agent-actions.ts';

/** What claims are made from. */
export interface ClaimNeeds {
  readonly store: Pick<Store, 'tickets' | 'connectedAgents'>;
  readonly actions: Pick<AgentActions, 'claim'>;
  readonly summaryOf: (filed: FiledTicket) => TicketSummary;
  /** Which roles an agent has by now. */
  readonly rolesNow: (agent: Agent) => readonly Role[];
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Somebody in a channel who is to be connected with an agent of the console. */
export type UnlinkedPerson = Pick<ClaimRequest, 'channel' | 'channelUser' | 'name'>;

/** Claims in channels, and who pressed without being connected. */
export interface Claims {
  readonly handle: HandleClaim;
  /** Resolves when no claim is under way. */
  idle(): Promise<void>;
  /** By the key in the address that they were shown; null: there is none, or it is older than ten minutes. */
  readonly unlinkedPersonOf: (key: string) => UnlinkedPerson | null;
}

const shownMs = 600_000;
/** The oldest go first. */
const mostUnlinked = 1_000;

/** Takes "Claim" from whoever is connected with an agent; others are shown where to say who they are. */
export function createClaims(needs: ClaimNeeds): Claims {
  const { store, actions, summaryOf, rolesNow, clock, random, log } = needs;
  const running = new Set<Promise<ClaimResult>>();
  const unlinked = createExpiringCache<UnlinkedPerson>({ max: mostUnlinked, ttlMs: shownMs, clock });

  async function take(press: ClaimRequest): Promise<ClaimResult['tell']> {
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

  function connect({ channel, channelUser, name }: ClaimRequest): ClaimResult['tell'] {
    const key = random.id(22);
    unlinked.set(key, { channel, channelUser, name });
    const url = `${needs.url}/console/connect?who=${key}`;
    const text = 'Say once in the console which agent you are; then press “Claim” again.';
    return { text, link: { label: 'Connect with the console', url } };
  }

  async function answer(press: ClaimRequest): Promise<ClaimResult> {
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
    unlinkedPersonOf: (key) => unlinked.get(key) ?? null,
    handle(press) {
      const taking = answer(press).finally(() => running.delete(taking));
      running.add(taking);
      return taking;
    },
    async idle() {
      await Promise.all(running);
    },
  };
}

function only(text: string): ClaimResult['tell'] {
  return { text, link: null };
}

function late(filed: FiledTicket | null): string {
  const { holder, state } = filed?.work ?? {};
  if (state === 'closed') return 'This ticket is closed already.';
  return `${holder?.name ?? 'Somebody else'} was faster: the ticket is theirs.`;
}
