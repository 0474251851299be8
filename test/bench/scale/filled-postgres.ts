import pg from 'pg';
import { openPostgres } from '../../../src/store/postgres/index.ts';
import { ticketOfSomeone } from '../../desks/tickets.ts';
import { storeOver } from '../../support/store.ts';
import type { PostgresServer } from '../../support/postgres-server.ts';
import { letters } from './filled.ts';

const day = 86_400_000;

/** A new database of ours there, filled past the store; its address. */
export async function databaseWith(server: PostgresServer, name: string, ...fill: readonly string[]): Promise<string> {
  await run(server.url, `create database ${name}`);
  const url = Object.assign(new URL(server.url), { pathname: name }).href;
  await (await storeOver(openPostgres({ url, connections: 2 }), { now: () => Date.now() })).close();
  // As autovacuum leaves it.
  await run(url, ...fill, 'vacuum analyze');
  return url;
}

/** One statement after the other, each stored by itself. */
export async function run(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const one of statements) await client.query(one);
  } finally {
    await client.end();
  }
}

/** Conversations of ten activities each, with their tokens and outcomes, as in `withActivities`. */
export function activitiesIn(count: number): string[] {
  const conversations = count / 10;
  const state = JSON.stringify({ memory: 'x'.repeat(800) });
  const words = JSON.stringify({ type: 'message', text: 'y'.repeat(110) });
  const start = Date.now() - 90 * day;
  const at = `${start} + substr(user_id, 4)::bigint * ${Math.floor((80 * day) / conversations)}`;
  const ends = start + 200 * day;
  return [
    `insert into conversations (id, channel, user_id, locale, state, version, last_seq, opened_at)
      select substr('${letters}', (1 + i * 64 / ${conversations})::int, 1) || lpad(i::text, 21, '0'),
        'direct-line', 'dl_' || i, 'en', '${state}', 1, 10, ${start} from generate_series(0::bigint, ${conversations - 1}) i`,
    `insert into activities (conversation_id, seq, client_id, activity, at, author)
      select id, seq, case when seq % 2 = 1 then 'client:' || seq || id end, '${words}', ${at},
        case when seq % 2 = 1 then user_id end from conversations cross join generate_series(1, 10) seq`,
    `insert into outcomes (conversation_id, complaint, outcome, cause, at)
      select id, 0, 'confirmed', 'no-seat', ${at} from conversations`,
    `insert into tokens (hash, conversation_id, user_id, expires_at, refreshable_until, ends_at)
      select id, id, user_id, ${ends}, ${ends}, ${ends} from conversations`,
  ];
}

/** Of ten tickets one waits, one is claimed and eight are closed, as in `withTickets`. */
export function ticketsIn(count: number): string[] {
  const body = JSON.stringify(ticketOfSomeone('LK-NUMBER')).replaceAll("'", "''");
  const start = Date.now() - 30 * day;
  const number = `'LK-' || lpad(i::text, 8, '0')`;
  const each = `from generate_series(1::bigint, ${count}) i`;
  return [
    `insert into conversations (id, channel, user_id, locale, version, last_seq)
      select 'talk ' || i, 'direct-line', 'dl_' || i, 'en', 0, 0 ${each}`,
    `insert into tickets (number, conversation_id, opened_at, body)
      select ${number}, 'talk ' || i, ${start} + i * 1000, replace('${body}', 'LK-NUMBER', ${number}) ${each}`,
    `insert into outbox (id, number, desk, attempts, next_at, leased_until, delivered_at, conversation_id, place)
      select ${number}, ${number}, 'built-in', 1, 0, 0, 1, 'talk ' || i, 1 ${each}`,
    `insert into work (number, conversation_id, state, since, priority, cause, customer, email, holder_id, holder_name)
      select ${number}, 'talk ' || i, case i % 10 when 0 then 'waiting' when 1 then 'claimed' else 'closed' end,
        ${start} + i * 1000, (i % 7 > 0)::int, case i % 3 when 0 then 'no-seat' else 'monthly-limit' end, 'acct|' || i,
        'c' || i || '@customer.example', case when i % 10 > 0 then 'ana' end, 'Ana' ${each}`,
  ];
}
