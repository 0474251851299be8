import { codeOf, retryAfterIn, SupportError } from '../domain/errors.ts';
import type { Clock, Desk, Log, Outbox, Random } from '../domain/ports.ts';
import type { Delivery, TicketRef } from '../domain/ticket.ts';
import { truncate } from '../domain/truncate.ts';
import { backoffMs } from '../http/backoff.ts';
import { createCircuitBreaker } from '../http/circuit-breaker.ts';

/** Longer than any desk may take. */
const leaseMs = 30_000;
/** So many tickets, each of another conversation, are brought at the same time. */
const batch = 20;
/** A stop waits for a round, so a long drain is cut into rounds. */
const roundMs = 5_000;
/** Short, so that tickets move soon after the desk is back: a probe is one request for all of them. */
const longestRestMs = 30_000;
const longestReason = 300;

/** How one attempt to deliver ended; `retryAfterMs`: for how long the desk asked to be left alone. */
type DeliveryResult =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly retryAfterMs: number | null };

/** What a delivery needs: the tickets that are due, and the desk that takes them. */
export interface DeliveryNeeds {
  readonly outbox: Outbox;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/**
 * Brings tickets, and what is written after them, to their desk, one round a call; says how many were delivered. What the desk does not take now is tried again
 * later, for as long as it takes; what it refuses becomes a dead letter. A desk that takes nothing is asked with one ticket at
 * a time until it is back.
 */
export function createDelivery(needs: DeliveryNeeds): () => Promise<number> {
  const { outbox, clock, random } = needs;
  const breaker = createCircuitBreaker({
    ...{ opensAfter: 1, clock },
    restMs: (openings, retryAfterMs) => backoffMs(openings, random, { longestMs: longestRestMs, retryAfterMs }),
  });

  async function deliverAll(due: readonly Delivery[]): Promise<readonly DeliveryResult[]> {
    const isProbe = breaker.state() === 'half-open';
    const report = breaker.ask();
    // Of a probe that throws nothing good is known.
    let health: DeskHealth = { isUp: !isProbe, retryAfterMs: null };
    try {
      const results = await allOf(due.map((delivery) => deliver(needs, delivery)));
      health = healthOf(results, isProbe);
      return results;
    } finally {
      report?.(health.isUp, health.retryAfterMs);
    }
  }

  return async () => {
    const end = clock.now() + roundMs;
    let delivered = 0;
    while (breaker.state() !== 'open' && clock.now() < end) {
      const now = clock.now();
      const due = await outbox.claimDue(now, now + leaseMs, breaker.state() === 'closed' ? batch : 1);
      if (due.length === 0) break;
      delivered += (await deliverAll(due)).filter(({ kind }) => kind === 'delivered').length;
    }
    return delivered;
  };
}

interface DeskHealth {
  readonly isUp: boolean;
  readonly retryAfterMs: number | null;
}

/** It is down where all of several tickets fail at once, or the probe does, and wherever it asks to be left alone. */
function healthOf(results: readonly DeliveryResult[], isProbe: boolean): DeskHealth {
  const failed = results.filter((one) => one.kind === 'failed');
  const asked = Math.max(0, ...failed.map(({ retryAfterMs }) => retryAfterMs ?? 0));
  // One ticket alone may fail because of itself.
  const haveAllFailed = failed.length === results.length && (results.length > 1 || isProbe);
  return { isUp: !haveAllFailed && asked === 0, retryAfterMs: asked };
}

/** Waits for all of them, and only then throws what one of them threw. */
async function allOf<T>(running: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(running);
  return Promise.all(running);
}

async function deliver(needs: DeliveryNeeds, delivery: Delivery): Promise<DeliveryResult> {
  const { outbox, desk, clock } = needs;
  let ref: TicketRef | null;
  try {
    ref = await bring(desk, delivery);
  } catch (error) {
    return codeOf(error) === 'desk-refused' ? deadLetter(needs, delivery, error) : retry(needs, delivery, error);
  }
  await outbox.delivered(delivery.id, clock.now(), ref);
  return { kind: 'delivered' };
}

/** An attempt before this one may have arrived, though we never heard of it. */
async function bring(desk: Desk, { filed, message, attempts }: Delivery): Promise<TicketRef | null> {
  const options = { again: attempts > 1 };
  if (!message) return desk.take(filed.ticket, options);
  // At another desk its id may be that of a stranger's ticket.
  if (filed.desk !== desk.name)
    throw new SupportError('desk-refused', {
      detail: `The ticket was opened for the desk “${filed.desk}”; tickets go to “${desk.name}” now.`,
    });
  await desk.add(filed, message, options);
  return null;
}

async function deadLetter({ outbox, desk, clock, log }: DeliveryNeeds, { id, attempts }: Delivery, error: unknown) {
  const [code, reason] = [codeOf(error), reasonOf(error)];
  await outbox.deadLetter(id, attempts, { at: clock.now(), reason });
  const fields = { alarm: 'dead-letter', desk: desk.name, ticket: id, attempts, code, reason };
  log.error(
    fields,
    'the desk refused a ticket: it is kept and not tried again until an operator puts it back in the queue',
  );
  return { kind: 'refused' } as const;
}

async function retry(needs: DeliveryNeeds, { id, attempts }: Delivery, error: unknown): Promise<DeliveryResult> {
  const { outbox, desk, clock, random, log } = needs;
  const retryAfterMs = retryAfterIn(error);
  const delayMs = backoffMs(attempts, random, { retryAfterMs });
  const fields = { desk: desk.name, ticket: id, attempts, delayMs, code: codeOf(error) };
  // A stack for each attempt would bury the reason.
  if (error instanceof SupportError) log.warn({ ...fields, reason: reasonOf(error) }, 'desk failed');
  // Not an error of ours: its message may hold anything, the customer's words too.
  else log.error({ ...fields, error: error instanceof Error ? error.name : typeof error }, 'desk failed unexpectedly');
  await outbox.retryAt(id, attempts, clock.now() + delayMs);
  return { kind: 'failed', retryAfterMs };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? truncate(error.message, longestReason) : '';
}
