import type { Events } from '../../domain/events.ts';
import type { Clock, Leases, Log, Random } from '../../domain/ports.ts';
import type { TicketFeed, TicketPosts } from '../../domain/ticket-feed.ts';
import { createFeedWriter, type FeedWriter } from './feed-writer.ts';
import { summaryOf, type SummaryNeeds } from './summary.ts';

/** What shows tickets in channels is made from; `feeds`: of each channel one at the most. */
export interface TicketFeedsNeeds extends SummaryNeeds {
  readonly feeds: readonly TicketFeed[];
  readonly posts: TicketPosts;
  readonly leases: Leases;
  readonly events: Events;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Tickets in channels of Teams and Slack: the feeds are brought up to date whenever a ticket changes, each on its own. */
export function createTicketFeeds(needs: TicketFeedsNeeds): FeedWriter {
  const { posts, leases, events, clock, random, log } = needs;
  const writers = needs.feeds.map((feed) =>
    createFeedWriter(feed, { posts, leases, clock, random, log, summaryOf: (filed) => summaryOf(filed, needs) }),
  );
  const run = async () => {
    await Promise.all(writers.map((one) => one.run()));
  };
  if (writers.length > 0) events.on('ticket-changed', () => void run());
  return {
    run,
    async stop() {
      await Promise.all(writers.map((one) => one.stop()));
    },
  };
}
