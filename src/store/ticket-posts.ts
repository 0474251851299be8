import { sql } from 'kysely';
import type { Agent } from '../domain/agent.ts';
import type { PushChannel } from '../domain/channels.ts';
import type { ConnectedAgents, TicketPosts } from '../domain/ticket-feed.ts';
import type { Clock } from '../domain/ports.ts';
import type { Ticket } from '../domain/ticket.ts';
import { prepare, type Steps } from './prepared.ts';
import type { Database } from './schema.ts';
import { filed, fromRow } from './tickets.ts';

/** A ticket was changed: feeds that show it are to show it anew. */
export const markPostsStale = prepare<{ readonly number: string }>()((db, value) =>
  db
    .updateTable('ticket_posts')
    .set((row) => ({ wanted: row('wanted', '+', 1) }))
    .where('number', '=', value('number')),
);

/** A new ticket is to be shown in these feeds. */
export function* addTicketPosts(
  { number, openedAt }: Pick<Ticket, 'number' | 'openedAt'>,
  feeds: readonly PushChannel[],
): Steps<void> {
  for (const channel of feeds) yield* addPost({ number, openedAt, channel });
}

interface NewPost extends Pick<Ticket, 'number' | 'openedAt'> {
  readonly channel: PushChannel;
}
const addPost = prepare<NewPost>()((db, value) =>
  db
    .insertInto('ticket_posts')
    .values({ number: value('number'), channel: value('channel'), wanted: 1, shown: 0, opened_at: value('openedAt') }),
);

/** The stored posts. */
export function createTicketPosts(db: Database): TicketPosts {
  return {
    async due(channel, limit) {
      const rows = await db
        .selectFrom('ticket_posts')
        .selectAll()
        .where('channel', '=', channel)
        .where(sql<boolean>`wanted > shown`)
        .orderBy('opened_at')
        .limit(limit)
        .execute();
      if (rows.length === 0) return [];
      const numbers = rows.map(({ number }) => number);
      const tickets = await filed(db).where('tickets.number', 'in', numbers).execute();
      const byNumber = new Map(tickets.map((row) => [row.number, fromRow(row)]));
      return rows.flatMap(({ number, ref, wanted: version }) => {
        const found = byNumber.get(number);
        return found ? [{ filed: found, channel, ref, version }] : [];
      });
    },
    async shown({ filed: { ticket }, channel, version }, ref) {
      await db
        .updateTable('ticket_posts')
        .set({ shown: version, ref })
        .where('number', '=', ticket.number)
        .where('channel', '=', channel)
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
