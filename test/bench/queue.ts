import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openSqlite } from '../../src/store/sqlite.ts';
import { storeOver } from '../support/store.ts';
import { ticketOfSomeone } from '../desks/tickets.ts';
import { startChild } from '../support/child.ts';
import { call } from '../support/direct-line.ts';

/**
 * The console's queue over few and over many stored tickets, asked in turns: the same calls, in one run.
 * `node test/bench/queue.ts [many] [rounds]`, 1,000,000 and 400 unless told.
 */
const few = 1_000;
const many = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 400);
const goal = 1.5;
const clock = { now: () => Date.now() };

async function withTickets(count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const db = openSqlite(folder);
  await storeOver(db, clock);
  const body = JSON.stringify(ticketOfSomeone('LK-NUMBER'));
  const start = clock.now() - 30 * 86_400_000;
  const each = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  const number = sql`printf('LK-%08d', i)`;
  // Of ten tickets one waits, one is claimed and eight are closed.
  const state = sql`case i % 10 when 0 then 'waiting' when 1 then 'claimed' else 'closed' end`;
  const at = sql`${start} + i * 1000`;
  await sql`pragma synchronous = off`.execute(db);
  await db.transaction().execute(async (tx) => {
    await sql`insert into conversations (id, channel, user_id, locale, version, last_seq)
      ${each} select 'talk ' || i, 'direct-line', 'dl_' || i, 'en', 0, 0 from n`.execute(tx);
    await sql`insert into tickets (number, conversation_id, opened_at, body)
      ${each} select ${number}, 'talk ' || i, ${at}, replace(${body}, 'LK-NUMBER', ${number}) from n`.execute(tx);
    await sql`insert into outbox (id, number, desk, attempts, next_at, leased_until, delivered_at, conversation_id, place)
      ${each} select ${number}, ${number}, 'built-in', 1, 0, 0, 1, 'talk ' || i, 1 from n`.execute(tx);
    await sql`insert into work (number, conversation_id, state, since, priority, cause, customer, email, holder_id, holder_name)
      ${each} select ${number}, 'talk ' || i, ${state}, ${at}, i % 7 > 0, case i % 3 when 0 then 'no-seat' else 'monthly-limit' end,
        'acct|' || i, 'c' || i || '@customer.example', case when i % 10 > 0 then 'ana' end, 'Ana' from n`.execute(tx);
  });
  await sql`analyze`.execute(db);
  await db.destroy();
  return {
    folder,
    bytes: statSync(join(folder, 'latchkey.db')).size,
    last: `LK-${String(count - (count % 10)).padStart(8, '0')}`,
  };
}

async function open(count: number) {
  const { folder, bytes, last } = await withTickets(count);
  // The first one learns the words, which is not what is measured.
  const first = await startChild(folder);
  first.signal('SIGTERM');
  await first.ended;
  const began = performance.now();
  const child = await startChild(folder);
  const startMs = performance.now() - began;
  const entered = await call(`${child.url}/console/sign-in`, 'GET');
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const middle = `LK-${String(Math.floor(count / 20) * 10).padStart(8, '0')}`;
  const paths: Record<string, string> = {
    'the page': '/console',
    waiting: '/console/api/tickets?view=waiting',
    'waiting, from the middle': `/console/api/tickets?view=waiting&after=${middle}`,
    'waiting, one cause': '/console/api/tickets?view=waiting&cause=no-seat',
    closed: '/console/api/tickets?view=closed',
    'closed, from the middle': `/console/api/tickets?view=closed&after=${middle}`,
    'search by e-mail': '/console/api/tickets?q=c10@customer.example',
    'one ticket': `/console/api/tickets/${last}`,
  };
  const times = new Map<string, number[]>(Object.keys(paths).map((name) => [name, []]));
  return {
    ...{ child, folder, bytes, startMs, times, names: Object.keys(paths) },
    async ask(name: string, counts: boolean) {
      const before = performance.now();
      const answer = await fetch(child.url + (paths[name] ?? ''), { headers: { cookie } });
      const text = await answer.text();
      if (answer.status !== 200 || text.length < 300)
        throw new Error(`${name}: ${answer.status} ${text.slice(0, 200)}`);
      if (counts) times.get(name)?.push(performance.now() - before);
    },
  };
}

const quantile = (times: readonly number[], q: number) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * q)] ?? NaN;

const sides = [await open(few), await open(many)] as const;
const [small, large] = sides;
for (let round = -20; round < rounds; round += 1)
  for (const name of small.names)
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side.ask(name, round >= 0);
console.log(`tickets ${few} / ${many}; ${(large.bytes / 1e6).toFixed(0)} MB; ${rounds} rounds`);
console.log('call                        p50 ms        p99 ms        p50 ×   p99 ×');
let worst = 0;
for (const name of small.names) {
  const [a, b] = [small.times.get(name) ?? [], large.times.get(name) ?? []];
  const [p50, p99] = [0.5, 0.99].map((q) => [quantile(a, q), quantile(b, q)] as const);
  const ratio = (pair: readonly [number, number] | undefined) => (pair ? pair[1] / pair[0] : NaN);
  worst = Math.max(worst, ratio(p99));
  const two = (pair: readonly [number, number] | undefined) =>
    (pair ?? [])
      .map((ms) => ms.toFixed(2))
      .join(' / ')
      .padEnd(14);
  console.log(`${name.padEnd(28)}${two(p50)}${two(p99)}${ratio(p50).toFixed(2).padEnd(8)}${ratio(p99).toFixed(2)}`);
}
console.log(`start to listening: ${small.startMs.toFixed(0)} / ${large.startMs.toFixed(0)} ms`);
console.log(`worst p99: ${worst.toFixed(2)} × (goal: at most ${goal})`);
for (const { child, folder } of sides) {
  child.signal('SIGTERM');
  await child.ended;
  rmSync(folder, { recursive: true });
}
