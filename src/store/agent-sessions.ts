import { hash } from 'node:crypto';
import type { Agent } from '../domain/agent.ts';
import type { AgentSessions, Clock } from '../domain/ports.ts';
import { doubtMs } from './doubt.ts';
import { prepare } from './prepared.ts';
import type { StoreDatabase } from './store-database.ts';

interface Living {
  readonly hash: string;
  readonly now: number;
}
const findSession = prepare<Living>()((db, value) =>
  db
    .selectFrom('agent_sessions')
    .select('agent')
    .where('hash', '=', value('hash'))
    .where('expires_at', '>', value('now')),
);

/** The stored sessions of the console, by the hashes of their secrets. */
export function createAgentSessions(db: StoreDatabase, clock: Clock): AgentSessions {
  return {
    async open(secret, agent, expiresAt) {
      await db
        .deleteFrom('agent_sessions')
        .where('expires_at', '<=', clock.now() - doubtMs)
        .execute();
      const row = { hash: digest(secret), agent: JSON.stringify(agent), expires_at: expiresAt };
      await db.insertInto('agent_sessions').values(row).execute();
    },
    async find(secret) {
      const [row] = await db.look(findSession({ hash: digest(secret), now: clock.now() }));
      return row ? (JSON.parse(row.agent) as Agent) : null;
    },
    async known(limit) {
      const rows = await db
        .selectFrom('agent_sessions')
        .select('agent')
        .groupBy('agent')
        .orderBy(({ fn }) => fn.max('expires_at'), 'desc')
        .limit(limit)
        .execute();
      const agents = rows.map(({ agent }) => JSON.parse(agent) as Agent);
      return agents.filter(({ id }, i) => agents.findIndex((one) => one.id === id) === i);
    },
    async end(secret) {
      await db.deleteFrom('agent_sessions').where('hash', '=', digest(secret)).execute();
    },
  };
}

function digest(secret: string): string {
  return hash('sha256', secret, 'base64url');
}
