import type { Clock, Store } from '../domain/ports.ts';
import { createAddresses } from './addresses.ts';
import { createAgentSessions } from './agent-sessions.ts';
import { createArticleViews } from './article-views.ts';
import { createAudit } from './audit.ts';
import { countBacklog } from './backlog.ts';
import type { StoreNeeds } from './commit-turn.ts';
import { createConversations } from './conversations.ts';
import { createConnectedAgents, createTicketPosts } from './ticket-posts.ts';
import { createFeedbackBook } from './feedback.ts';
import { createFigures } from './figures.ts';
import { createFiguresThread } from './sqlite/figures-thread.ts';
import { createLeases } from './leases.ts';
import { createLimits } from './limits.ts';
import { createLinks } from './links.ts';
import { migrate } from './migrate.ts';
import type { Database } from './schema.ts';
import { createOneTime } from './one-time.ts';
import { createScreenshots } from './screenshots.ts';
import { createSharedKeys } from './shared-keys.ts';
import type { StoreDatabase } from './store-database.ts';
import { createOutbox } from './outbox.ts';
import { createPersons } from './persons.ts';
import { createReading } from './reading.ts';
import { createRetention } from './retention.ts';
import { createQueue, createTickets } from './tickets.ts';
import { createTokens } from './tokens.ts';
import { createTicketActions } from './ticket-actions.ts';
import { waitCapper } from './waits.ts';

/** The store on an open database, its tables brought up to date. What it stores it tells in `events`, each after its transaction. */
export async function createStore(db: StoreDatabase, needs: StoreNeeds): Promise<Store> {
  const { clock, events, file } = needs;
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const thread = file === undefined ? null : createFiguresThread(file, clock);
  return {
    ...createConversations(db, needs),
    tokens: createTokens(db, clock),
    tickets: createTickets(db, clock),
    outbox: createOutbox(db, events),
    queue: createQueue(db),
    ticketActions: createTicketActions(db, needs),
    audit: createAudit(db, clock),
    agentSessions: createAgentSessions(db, clock),
    feedback: createFeedbackBook(db, clock),
    articleViews: createArticleViews(db),
    figures: thread ?? createFigures(db, clock),
    addresses: createAddresses(db, clock),
    links: createLinks(db, clock),
    reading: createReading(db, needs),
    screenshots: createScreenshots(db, clock),
    ticketPosts: createTicketPosts(db),
    connectedAgents: createConnectedAgents(db, clock),
    leases: createLeases(db, clock),
    oneTime: createOneTime(db, clock),
    limits: createLimits(db),
    sharedKey: createSharedKeys(db),
    retention: createRetention(db, needs),
    persons: createPersons(db, needs),
    changedOutside: () => db.changedOutside(),
    backlog: () => countBacklog(db),
    ready: readiness(db, clock),
    capWaits: waitCapper(db, clock),
    async close() {
      await thread?.close();
      await db.destroy();
    },
  };
}

const provedForMs = 1_000;

/** Writes something, once a second at the most: whoever asks more often does not keep the disk busy. */
function readiness(db: Database, clock: Clock): Store['ready'] {
  let wroteAt = -Infinity;
  return async () => {
    const until = clock.now();
    if (until >= wroteAt && until - wroteAt < provedForMs) return;
    await db
      .insertInto('claims')
      .values({ id: 'ready', until })
      .onConflict((clash) => clash.column('id').doUpdateSet({ until }))
      .execute();
    wroteAt = until;
  };
}
