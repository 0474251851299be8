import { readdirSync, readFileSync } from 'node:fs';
import type { Contestant } from './contestants/index.ts';
import { startLatchkey } from './contestants/latchkey.ts';
import { startDurablePostgres } from './contestants/postgres.ts';
import { figures, interleave, msOf, percentile, ratios, type Round } from './measure.ts';
import { asMarkdown, judged, judgedHead, spreadOf } from './report.ts';
import { single } from './scripts.ts';

const clients = 64;
const script = { ...single, talks: () => clients, repeats: () => 2 };
const perSecond = ({ times, tookMs }: Round) => (times.length / tookMs) * 1_000;

/** One process over a file, then one, two and four over one PostgreSQL; customers are spread over the processes. */
export async function processes(rounds: number): Promise<string> {
  const postgres = await startDurablePostgres();
  const sides: Contestant[] = [];
  const serverMs: number[][] = [];
  try {
    sides.push(await startLatchkey({ name: '1, a file' }));
    for (const count of [1, 2, 4]) sides.push(await startMany(count, postgres.url));
    const watched = sides.map((side, i) => watchedServer(side, postgres.pid(), (serverMs[i] = [])));
    const found = await interleave(watched, script, { lanes: clients, rounds });
    const rows = sides.map(({ name }, i) => row(name, found[i] ?? [], serverMs[i] ?? []));
    const [file = [], one = [], two = [], four = []] = found;
    return [
      asMarkdown([
        ['processes', 'turns/s', 'their CPU ms/turn', 'PostgreSQL’s CPU ms/turn', 'p50 ms', 'p99 ms'],
        ...rows,
      ]),
      asMarkdown([
        judgedHead,
        judged('CPU of a turn over PostgreSQL to one over a file', ratios(file, one, figures.CPU), 1.3),
        judged('turns per second of 2 processes to 1', ratios(one, two, perSecond), null),
        judged('turns per second of 4 processes to 1', ratios(one, four, perSecond), null),
      ]),
    ].join('\n\n');
  } finally {
    for (const side of sides) await side.stop();
    await postgres.stop();
  }
}

async function startMany(count: number, databaseUrl: string): Promise<Contestant> {
  const all: Contestant[] = [];
  for (let i = 0; i < count; i += 1) all.push(await startLatchkey({ databaseUrl }));
  return {
    name: `${count}, PostgreSQL`,
    async open(talks) {
      const opened = await Promise.all(all.map((one) => one.open(talks / count)));
      return opened.flat();
    },
    async cpuMs() {
      const each = await Promise.all(all.map((one) => one.cpuMs()));
      return each.reduce((sum, one) => sum + one, 0);
    },
    async stop() {
      for (const one of all) await one.stop();
    },
  };
}

/** Beside each round what PostgreSQL itself took for it. */
function watchedServer(side: Contestant, pid: number, took: number[]): Contestant {
  let last: number | null = null;
  return {
    ...side,
    // Asked before a round, and after it.
    async cpuMs() {
      const now = cpuOfAll(pid);
      if (last === null) last = now;
      else {
        took.push(now - last);
        last = null;
      }
      return side.cpuMs();
    },
  };
}

/** A tick of the kernel is 10 ms. */
const tickMs = 10;

/** Of a process and those that it started, also of those that ended: Linux tells it. */
function cpuOfAll(pid: number): number {
  const all = readdirSync('/proc').flatMap((entry) => (/^\d+$/.test(entry) ? [statOf(entry)] : []));
  const mine = all.filter((one) => one !== null && (one.pid === pid || one.parent === pid));
  return mine.reduce((sum, one) => sum + (one?.ticks ?? 0), 0) * tickMs;
}

function statOf(entry: string) {
  try {
    const fields = readFileSync(`/proc/${entry}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .map(Number);
    const [, parent] = fields;
    // utime, stime, cutime and cstime (proc(5)), counted from the state on.
    return { pid: Number(entry), parent, ticks: fields.slice(11, 15).reduce((sum, one) => sum + one, 0) };
  } catch {
    return null;
  }
}

function row(name: string, rounds: readonly Round[], serverMs: readonly number[]): string[] {
  const times = rounds.flatMap((one) => msOf(one.times));
  const turns = rounds[0]?.times.length ?? 1;
  const server = name.includes('file') ? '–' : (spreadOf(serverMs.slice(-rounds.length)).median / turns).toFixed(2);
  const [speed, cpu] = [spreadOf(rounds.map(perSecond)).median, spreadOf(rounds.map(figures.CPU)).median];
  return [
    name,
    speed.toFixed(0),
    cpu.toFixed(2),
    server,
    percentile(times, 50).toFixed(0),
    percentile(times, 99).toFixed(0),
  ];
}
