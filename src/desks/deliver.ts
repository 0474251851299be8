import { codeOf, SupportError } from '../domain/errors.ts';
import type { Clock, Desk, Log, Outbox, Random } from '../domain/ports.ts';
import type { FiledTicket } from '../domain/ticket.ts';
import { createGate, type Ending } from './gate.ts';
import { longestPauseMs, pauseBefore } from './pause.ts';

/** Longer than any desk may take for a ticket. */
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
      const endings = await allOf(due.map((filed) => deliver(needs, filed)));
      gate.note(endings);
      delivered += endings.filter(({ kind }) => kind === 'delivered').length;
    }
    return delivered;
  };
}

/** One round of a delivery that remembers nothing of the rounds before. */
export function deliverDue(needs: DeliveryNeeds): Promise<number> {
  return createDelivery(needs)();
}

/** Waits for all of them, and only then throws what one of them threw. */
async function allOf<T>(running: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(running);
  return Promise.all(running);
}

async function deliver(needs: DeliveryNeeds, filed: FiledTicket): Promise<Ending> {
  const { outbox, desk, clock } = needs;
  try {
    await desk.take(filed.ticket);
  } catch (error) {
    return codeOf(error) === 'desk-refused' ? bury(needs, filed, error) : retry(needs, filed, error);
  }
  await outbox.delivered(filed.ticket.number, clock.now());
  return { kind: 'delivered' };
}

async function bury({ outbox, desk, clock, log }: DeliveryNeeds, { ticket, attempts }: FiledTicket, error: unknown) {
  const [code, reason] = [codeOf(error), reasonOf(error)];
  await outbox.bury(ticket.number, attempts, { at: clock.now(), reason });
  const told = { alarm: 'dead-letter', desk: desk.name, ticket: ticket.number, attempts, code, reason };
  log.error(told, 'the desk refused a ticket: it is kept and not tried again until it is revived');
  return { kind: 'refused' } as const;
}

async function retry(needs: DeliveryNeeds, { ticket, attempts }: FiledTicket, error: unknown): Promise<Ending> {
  const { outbox, desk, clock, random, log } = needs;
  const asked = error instanceof SupportError ? error.retryAfterMs : null;
  const retryAfterMs = asked === null ? null : Math.min(asked, longestPauseMs);
  const delayMs = Math.max(pauseBefore(attempts, random), retryAfterMs ?? 0);
  const told = { desk: desk.name, ticket: ticket.number, attempts, delayMs, code: codeOf(error) };
  if (error instanceof SupportError) log.warn({ ...told, err: error }, 'desk failed');
  // Not an error of ours: its message may hold anything, the customer's words too.
  else log.error({ ...told, error: error instanceof Error ? error.name : typeof error }, 'desk failed unexpectedly');
  await outbox.retryAt(ticket.number, attempts, clock.now() + delayMs);
  return { kind: 'failed', retryAfterMs };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, longestReason) : '';
}
