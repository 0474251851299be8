import { codeOf, SupportError } from '../domain/errors.ts';
import type { Clock, Desk, Log, Outbox, Random } from '../domain/ports.ts';
import type { Delivery, TicketRef } from '../domain/ticket.ts';
import { createGate, type Ending } from './gate.ts';
import { longestPauseMs, pauseBefore } from './pause.ts';

/** Longer than any desk may take. */
const leaseMs = 30_000;
/** So many tickets, each of another conversation, are brought at the same time. */
const batch = 20;
/** A stop waits for a round, so a long drain is cut into rounds. */
const roundMs = 5_000;
const longestReason = 300;

/** What a delivery needs: the tickets that are due, and the desk that takes them. */
export interface DeliveryNeeds {
  readonly outbox: Outbox;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** The delivery of a ticket stands otherwise than before. */
  readonly changed?: (ticket: string) => void;
}

/**
 * Brings tickets to their desk, one round a call; says how many were delivered. What the desk does not take now is tried again
 * later, for as long as it takes; what it refuses becomes a dead letter. A desk that takes nothing is asked with one ticket at
 * a time until it is back.
 */
export function createDelivery(needs: DeliveryNeeds): () => Promise<number> {
  const { outbox, clock } = needs;
  const gate = createGate(needs);
  return async () => {
    const end = clock.now() + roundMs;
    let delivered = 0;
    while (gate.isOpen() && clock.now() < end) {
      const now = clock.now();
      const due = await outbox.claimDue(now, now + leaseMs, gate.isProbing() ? 1 : batch);
      if (due.length === 0) break;
      const endings = await allOf(due.map((delivery) => deliver(needs, delivery)));
      for (const [i, { kind }] of endings.entries())
        if (kind !== 'failed') needs.changed?.(due[i]?.filed.ticket.number ?? '');
      gate.note(endings);
      delivered += endings.filter(({ kind }) => kind === 'delivered').length;
    }
    return delivered;
  };
}

/** Waits for all of them, and only then throws what one of them threw. */
async function allOf<T>(running: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(running);
  return Promise.all(running);
}

async function deliver(needs: DeliveryNeeds, delivery: Delivery): Promise<Ending> {
  const { outbox, desk, clock } = needs;
  let ref: TicketRef | null;
  try {
    ref = await bring(desk, delivery);
  } catch (error) {
    return codeOf(error) === 'desk-refused' ? bury(needs, delivery, error) : retry(needs, delivery, error);
  }
  await outbox.delivered(delivery.id, clock.now(), ref);
  return { kind: 'delivered' };
}

/** An attempt before this one may have arrived, though we never heard of it. */
async function bring(desk: Desk, { filed, message, attempts }: Delivery): Promise<TicketRef | null> {
  const options = { again: attempts > 1 };
  if (!message) return desk.take(filed.ticket, options);
  if (!desk.add) throw new SupportError('desk-refused', { detail: 'Nobody can answer from this desk any more.' });
  await desk.add(filed, message, options);
  return null;
}

async function bury({ outbox, desk, clock, log }: DeliveryNeeds, { id, attempts }: Delivery, error: unknown) {
  const [code, reason] = [codeOf(error), reasonOf(error)];
  await outbox.bury(id, attempts, { at: clock.now(), reason });
  const told = { alarm: 'dead-letter', desk: desk.name, ticket: id, attempts, code, reason };
  log.error(told, 'the desk refused a ticket: it is kept and not tried again until it is revived');
  return { kind: 'refused' } as const;
}

async function retry(needs: DeliveryNeeds, { id, attempts }: Delivery, error: unknown): Promise<Ending> {
  const { outbox, desk, clock, random, log } = needs;
  const asked = error instanceof SupportError ? error.retryAfterMs : null;
  const retryAfterMs = asked === null ? null : Math.min(asked, longestPauseMs);
  const delayMs = Math.max(pauseBefore(attempts, random), retryAfterMs ?? 0);
  const told = { desk: desk.name, ticket: id, attempts, delayMs, code: codeOf(error) };
  if (error instanceof SupportError) log.warn({ ...told, err: error }, 'desk failed');
  // Not an error of ours: its message may hold anything, the customer's words too.
  else log.error({ ...told, error: error instanceof Error ? error.name : typeof error }, 'desk failed unexpectedly');
  await outbox.retryAt(id, attempts, clock.now() + delayMs);
  return { kind: 'failed', retryAfterMs };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, longestReason) : '';
}
