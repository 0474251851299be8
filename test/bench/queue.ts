import { statSync } from 'node:fs';
import { databaseIn } from '../../src/store/sqlite/index.ts';
import { startChild } from '../support/child.ts';
import { call } from '../support/direct-line.ts';
import { remove } from './folders.ts';
import { percentile } from './measure.ts';
import { withTickets } from './scale/filled.ts';

/**
 * The console's queue over few and over many stored tickets, asked in turns: the same calls, in one run.
 * `node test/bench/queue.ts [many] [rounds]`, 1,000,000 and 400 unless told.
 */
const few = 1_000;
const many = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 400);
const goal = 1.5;

async function open(count: number) {
  const folder = await withTickets(count);
  const bytes = statSync(databaseIn(folder)).size;
  const last = `LK-${String(count - (count % 10)).padStart(8, '0')}`;
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
  const [p50, p99] = [50, 99].map((percent) => [percentile(a, percent), percentile(b, percent)] as const);
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
  remove(folder);
}
