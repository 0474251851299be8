import { sql, type Transaction } from 'kysely';
import type { Agent } from '../domain/agent.ts';
import type { BoardChannel, ConnectedAgents, Escalation, Escalations } from '../domain/escalation.ts';
import type { Clock } from '../domain/ports.ts';
import type { Ticket } from '../domain/ticket.ts';
import { prepare } from './prepared.ts';
import type { Database, Schema } from './schema.ts';
import { filed, fromRow } from './tickets.ts';

/** A ticket was changed: boards that show it are to show it anew. */
export const changedOnBoards = prepare<{ readonly number: string }>()((db, value) =>
  db
    .updateTable('escalations')
    .set((row) => ({ wanted: row('wanted', '+', 1) }))
    .where('number', '=', value('number')),
);

/** A new ticket is to be shown on these boards. */
export async function escalate(
  tx: Transaction<Schema>,
  { number, openedAt }: Pick<Ticket, 'number' | 'openedAt'>,
  boards: readonly BoardChannel[],
): Promise<void> {
  if (boards.length === 0) return;
  const row = { number, wanted: 1, shown: 0, next_at: openedAt, attempts: 0 };
  await tx
    .insertInto('escalations')
    .values(boards.map((channel) => ({ ...row, channel })))
    .execute();
}

/** The stored escalations. */
export function createEscalations(db: Database): Escalations {
  const at = ({ filed: { ticket }, channel }: Escalation) =>
    db.updateTable('escalations').where('number', '=', ticket.number).where('channel', '=', channel);
  return {
    async due(channels, now, limit) {
      const rows = await db
        .selectFrom('escalations')
        .selectAll()
        .where('channel', 'in', channels)
        .where(sql<boolean>`wanted > shown`)
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .limit(limit)
        .execute();
      const tickets = await filed(db)
        .where(
          'tickets.number',
          'in',
          rows.map(({ number }) => number),
        )
        .execute();
      const byNumber = new Map(tickets.map((row) => [row.number, fromRow(row)]));
      return rows.flatMap(({ number, channel, ref, wanted: version, attempts }) => {
        const found = byNumber.get(number);
        return found ? [{ filed: found, channel, ref, version, attempts }] : [];
      });
    },
    async shown(escalation, ref) {
      await at(escalation).set({ shown: escalation.version, ref, attempts: 0 }).execute();
    },
    async retryAt(escalation, next) {
      await at(escalation)
        .set((row) => ({ next_at: next, attempts: row('attempts', '+', 1) }))
        .execute();
    },
  };
}

/** The stored connections of people in channels with agents. */
export function createConnectedAgents(db: Database, clock: Clock): ConnectedAgents {
  return {
    async connect(channelUser, agent, until) {
      const row = { agent: JSON.stringify(agent), until };
      await db
        .insertInto('connected_agents')
        .values({ channel_user: channelUser, ...row })
        .onConflict((clash) => clash.column('channel_user').doUpdateSet(row))
        .execute();
    },
    async find(channelUser) {
      const row = await db
        .selectFrom('connected_agents')
        .select('agent')
        .where('channel_user', '=', channelUser)
        .where('until', '>', clock.now())
        .executeTakeFirst();
      return row ? (JSON.parse(row.agent) as Agent) : null;
    },
  };
}
