import { codeOf } from '../domain/errors.ts';
import type { Clock, Desk, Log, Outbox } from '../domain/ports.ts';
import type { FiledTicket } from '../domain/ticket.ts';

const leaseMs = 30_000;
const batch = 20;
const firstDelayMs = 1_000;
const longestDelayMs = 300_000;

/** What a delivery needs: the tickets that are due, and the desk that takes them. */
export interface DeliveryNeeds {
  readonly outbox: Outbox;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
}

/** Delivers every ticket that is due; one that the desk does not take is tried again later. How many were delivered. */
export async function deliverDue(needs: DeliveryNeeds): Promise<number> {
  let delivered = 0;
  for (;;) {
    const now = needs.clock.now();
    const due = await needs.outbox.claimDue(now, now + leaseMs, batch);
    if (due.length === 0) return delivered;
    for (const filed of due) if (await deliver(needs, filed)) delivered += 1;
  }
}

async function deliver({ outbox, desk, clock, log }: DeliveryNeeds, { ticket, attempts }: FiledTicket) {
  try {
    await desk.take(ticket);
    await outbox.delivered(ticket.number, clock.now());
    return true;
  } catch (error) {
    const delayMs = Math.min(firstDelayMs * 2 ** (attempts - 1), longestDelayMs);
    log.warn(
      { desk: desk.name, ticket: ticket.number, attempts, delayMs, code: codeOf(error), err: error },
      'desk failed',
    );
    await outbox.retryAt(ticket.number, clock.now() + delayMs);
    return false;
  }
}
