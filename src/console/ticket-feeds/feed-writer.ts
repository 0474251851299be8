import { codeOf, retryAfterIn, SupportError } from '../../domain/errors.ts';
import type { TicketFeed, TicketPost, TicketPosts, TicketSummary } from '../../domain/ticket-feed.ts';
import type { Clock, Leases, Log, Random } from '../../domain/ports.ts';
import type { FiledTicket } from '../../domain/ticket.ts';
import { backoffMs } from '../../http/backoff.ts';
import { createCircuitBreaker } from '../../http/circuit-breaker.ts';

/** What a feed is written with. */
export interface FeedWriterNeeds {
  readonly posts: TicketPosts;
  readonly leases: Leases;
  readonly summaryOf: (filed: FiledTicket) => TicketSummary;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Keeps a feed as the tickets are. */
export interface FeedWriter {
  /** Shows what is due; resolves when all is shown, or has to wait. */
  run(): Promise<void>;
  /** Shows no more; resolves when nothing is being shown. */
  stop(): Promise<void>;
}

const page = 20;
/** Longer than a page takes. */
const showingMs = 60_000;

/**
 * One message after the other; while the channel takes nothing it is asked with one ticket at a time, another one each time.
 * After a crash, or an answer of the channel that came too late, a ticket may be posted twice; none is left out.
 */
export function createFeedWriter(feed: TicketFeed, needs: FeedWriterNeeds): FeedWriter {
  const { posts, leases, clock, random, log } = needs;
  const { channel } = feed;
  const lease = `feed ${channel}`;
  /** Posted, though the store does not know it yet. */
  const unmarked = new Map<string, string>();
  const breaker = createCircuitBreaker({
    ...{ opensAfter: 1, clock },
    restMs: (openings, retryAfterMs) => backoffMs(openings, random, { retryAfterMs }),
  });
  const isStopping = () => stopping;
  let running = Promise.resolve();
  let failures = 0;
  let [busy, again, stopping] = [false, false, false];

  async function showAll(): Promise<void> {
    try {
      while (again && !isStopping() && breaker.state() !== 'open') {
        again = false;
        // Another process shows them.
        if (!(await leases.hold(lease, showingMs))) return;
        const due = await posts.due(channel, page);
        for (const one of due.slice(failures % Math.max(due.length, 1))) if (!isStopping()) await attempt(one);
        again ||= due.length === page;
      }
    } catch (error) {
      tell(error);
    } finally {
      busy = false;
      await leases.release(lease).catch(tell);
    }
  }

  async function attempt(one: TicketPost): Promise<void> {
    const report = breaker.ask();
    try {
      await show(one);
      failures = 0;
      report?.(true);
    } catch (error) {
      failures += 1;
      report?.(false, retryAfterIn(error));
      throw error;
    }
  }

  async function show(one: TicketPost): Promise<void> {
    const { number } = one.filed.ticket;
    let ref: string | null = null;
    try {
      ref = await draw(needs.summaryOf(one.filed), one.ref ?? unmarked.get(number) ?? null);
      unmarked.set(number, ref);
    } catch (error) {
      if (codeOf(error) !== 'channel-refused') throw error;
      const fields = { alarm: 'escalation-refused', channel, ticket: number, err: error };
      log.error(fields, 'the channel refused to show a ticket: it is in the queue all the same');
    }
    await posts.shown(one, ref);
    unmarked.delete(number);
  }

  /** What cannot be shown anew is posted anew: somebody deleted the message, or the feed is another channel now. */
  async function draw(summary: TicketSummary, ref: string | null): Promise<string> {
    if (ref === null) return feed.post(summary);
    try {
      await feed.update(ref, summary);
      return ref;
    } catch (error) {
      if (codeOf(error) !== 'channel-refused') throw error;
      return feed.post(summary);
    }
  }

  function tell(error: unknown): void {
    const fields = { channel, delayMs: breaker.restsMs(), code: codeOf(error), err: error };
    if (error instanceof SupportError) log.warn(fields, 'tickets are not shown in their channel yet');
    else log.error(fields, 'tickets are not shown in their channel');
  }

  return {
    async run() {
      again = true;
      if (!busy) {
        busy = true;
        running = showAll();
      }
      await running;
    },
    async stop() {
      stopping = true;
      await running;
    },
  };
}
