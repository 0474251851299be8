import { Gauge, type Registry } from 'prom-client';
import type { Events } from '../domain/events.ts';
import type { Instant } from '../domain/instant.ts';
import type { BreakerState } from '../domain/operations.ts';
import type { Clock } from '../domain/ports.ts';
import type { Source } from '../domain/snapshot.ts';
import type { Sample } from './sampler.ts';

/** What is looked at when somebody asks. */
export interface StateMeterNeeds {
  readonly events: Events;
  readonly clock: Clock;
  /** The sources that are connected. */
  readonly sources: readonly Source[];
  readonly sample: () => Promise<Sample>;
  readonly openSockets: () => number;
}

const states: readonly BreakerState[] = ['closed', 'half-open', 'open'];

/** How it stands: breakers as they change, everything else as of when the result is called. */
export function meterState(registry: Registry, needs: StateMeterNeeds): () => Promise<void> {
  const { events, clock, sources, sample, openSockets } = needs;
  const registers = [registry];
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const breakers = new Gauge({
    ...{ name: 'latchkey_source_breaker', labelNames: ['source', 'state'] as const, registers },
    help: '1 for the state of a source: closed (asked), half-open (tried), open (not asked)',
  });
  const ready = gauge('latchkey_ready', '1 while a message can be stored');
  const sockets = gauge('latchkey_open_sockets', 'Chats and consoles that are connected');
  const waits = {
    outbox: gauge('latchkey_outbox_waiting', 'What is still to be brought to the desk, counted to 10,000'),
    dead: gauge('latchkey_dead_letters', 'What the desk refused, counted to 10,000'),
    tickets: gauge('latchkey_tickets_waiting', 'Tickets that nobody has yet, counted to 10,000'),
  };
  const ages = {
    outbox: gauge('latchkey_outbox_oldest_seconds', 'Since when the oldest of it waits; 0: nothing does'),
    tickets: gauge('latchkey_tickets_oldest_seconds', 'Since when the oldest of them waits; 0: none does'),
  };

  const setBreaker = (source: Source, now: BreakerState) =>
    states.forEach((state) => breakers.set({ source, state }, state === now ? 1 : 0));
  for (const source of sources) setBreaker(source, 'closed');
  events.on('breaker-changed', setBreaker);

  return async () => {
    const { ready: isReady, backlog } = await sample();
    const ageOf = (since: Instant | null) => (since === null ? 0 : Math.max(0, clock.now() - since) / 1_000);
    ready.set(isReady ? 1 : 0);
    sockets.set(openSockets());
    // What could not be counted stays as it was: `latchkey_ready` tells.
    if (!backlog) return;
    const { outbox, tickets } = backlog;
    waits.outbox.set(outbox.waiting);
    waits.dead.set(outbox.dead);
    waits.tickets.set(tickets.waiting);
    ages.outbox.set(ageOf(outbox.oldest));
    ages.tickets.set(ageOf(tickets.oldest));
  };
}
