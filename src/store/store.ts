import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { SupportError } from '../domain/errors.ts';
import type { BoardChannel } from '../domain/escalation.ts';
import type { Clock, Store } from '../domain/ports.ts';
import { createAddresses } from './addresses.ts';
import { createAgentSessions } from './agent-sessions.ts';
import { createAudit } from './audit.ts';
import { createConversations } from './conversations.ts';
import { createConnectedAgents, createEscalations } from './escalations.ts';
import { createFigures } from './figures.ts';
import { createLinks } from './links.ts';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';
import { createOutbox } from './outbox.ts';
import { createQueue, createTickets } from './tickets.ts';
import { createTokens } from './tokens.ts';
import { createWork } from './work.ts';

/** The store on an open database, its tables brought up to date; `desk` and `boards` name where new tickets will go. */
export async function createStore(
  db: Database,
  clock: Clock,
  desk: string,
  boards: readonly BoardChannel[] = [],
): Promise<Store> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new SupportError('config-invalid', { cause: error, detail: unusable(error) });
  return {
    ...createConversations(db, clock, { desk, boards }),
    tokens: createTokens(db, clock),
    tickets: createTickets(db),
    outbox: createOutbox(db),
    queue: createQueue(db),
    work: createWork(db, clock),
    audit: createAudit(db, clock),
    agentSessions: createAgentSessions(db, clock),
    figures: createFigures(db),
    addresses: createAddresses(db, clock),
    links: createLinks(db, clock),
    escalations: createEscalations(db),
    connectedAgents: createConnectedAgents(db, clock),
    async ready() {
      await sql`update claims set until = until where id = ''`.execute(db);
    },
    close: () => db.destroy(),
  };
}

function unusable(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `DATA_DIR holds a store that this version cannot use: ${why}`;
}
