import { contestants, type Contestant } from './contestants/index.ts';
import { startLatchkey } from './contestants/latchkey.ts';
import { figures, interleave, msOf, percentile, ratios, type Round, type Script } from './measure.ts';
import { asMarkdown, judged, judgedHead, spreadOf } from './report.ts';
import { mixed, single } from './scripts.ts';

/** How many times the EchoBot's a turn of Latchkey may cost, by how many write at once (issue 18). */
const goals: Readonly<Record<number, { readonly CPU: number; readonly p99: number | null }>> = {
  1: { CPU: 1.2, p99: null },
  32: { CPU: 0.8, p99: 1 },
};

/** Every contestant beside the first one. */
export async function turns(rounds: number): Promise<string> {
  const bots: Contestant[] = [];
  const parts: string[] = [];
  try {
    for (const start of contestants) bots.push(await start());
    for (const script of [single, mixed])
      for (const lanes of [1, 32]) parts.push(await compare(bots, script, lanes, rounds));
  } finally {
    for (const bot of bots) await bot.stop();
  }
  return [...parts, await slowAccounts(rounds)].join('\n\n');
}

async function compare(bots: readonly Contestant[], script: Script, lanes: number, rounds: number): Promise<string> {
  // The first comparison meets code that nobody has run.
  const warmUp = script === single && lanes === 1 ? 3 : 1;
  const found = await interleave(bots, script, { lanes, rounds, warmUp });
  const [base = []] = found;
  const ratioRows = bots.slice(1).flatMap(({ name }, i) =>
    (['CPU', 'p50', 'p99'] as const).map((figure) => {
      const isOurs = name.startsWith('Latchkey');
      const goal = isOurs && figure !== 'p50' ? (goals[lanes]?.[figure] ?? null) : null;
      return judged(`${name}: ${figure} to the EchoBot’s`, ratios(base, found[i + 1] ?? [], figures[figure]), goal);
    }),
  );
  return [
    `### ${script.name}, ${lanes} at once`,
    asMarkdown([['bot', 'CPU ms/turn', 'p50 ms', 'p99 ms'], ...bots.map(({ name }, i) => row(name, found[i] ?? []))]),
    asMarkdown([judgedHead, ...ratioRows]),
    ...(script === mixed ? [asMarkdown(byKind(bots, found, script))] : []),
  ].join('\n\n');
}

function row(name: string, rounds: readonly Round[]): string[] {
  const times = rounds.flatMap(({ times }) => msOf(times));
  const cpu = spreadOf(rounds.map(({ cpuMs }) => cpuMs)).median;
  return [name, cpu.toFixed(2), percentile(times, 50).toFixed(1), percentile(times, 99).toFixed(1)];
}

function byKind(bots: readonly Contestant[], found: readonly (readonly Round[])[], script: Script) {
  const kinds = [...new Set(script.steps.map(({ kind }) => kind))];
  const rows = bots.map(({ name }, i) => {
    const times = (found[i] ?? []).flatMap((round) => round.times);
    return [name, ...kinds.map((kind) => percentile(msOf(times.filter((one) => one.kind === kind)), 50).toFixed(1))];
  });
  return [['p50 ms of a', ...kinds], ...rows];
}

/** One Latchkey, whose account API answers at once in one round and late in the next. */
async function slowAccounts(rounds: number): Promise<string> {
  const delays = { ms: 0 };
  const bot = await startLatchkey({ delays });
  const after = (ms: number) => ({
    ...bot,
    open(count: number) {
      delays.ms = ms;
      return bot.open(count);
    },
  });
  try {
    const [soon = [], late = []] = await interleave([after(1), after(100)], mixed, { lanes: 32, rounds });
    const what = 'CPU of a turn whose account API takes 100 ms to one with 1 ms';
    return asMarkdown([judgedHead, judged(what, ratios(soon, late, figures.CPU), 1.1)]);
  } finally {
    await bot.stop();
  }
}
