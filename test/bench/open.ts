import { setTimeout as sleep } from 'node:timers/promises';
import { startLatchkey, type Latchkey } from './contestants/latchkey.ts';
import { disconnects, surprises } from './direct-line.ts';
import { percentile, type Talk } from './measure.ts';
import { asMarkdown, judged, judgedHead } from './report.ts';
import { endless, mixed } from './scripts.ts';

const sockets = 5_000;
/** What is loaded and made once for all has been by then. */
const before = 32;
const atOnce = 16;
const perSecond = 200;
/** Twelve of them are five minutes. */
const roundMs = 25_000;
const restMs = 3_000;
/** The steps that somebody may begin with: all but another look. */
const beginnings = endless.flatMap(({ kind }, i) => (kind === 're-check' ? [] : [i]));

/** Conversations that are all open at once: what each takes, and how soon its customer is answered while others write, too. */
export async function open(rounds: number): Promise<string> {
  const bot = await startLatchkey();
  disconnects.count = 0;
  try {
    await warmUp(bot);
    const none = await atRest(bot);
    const talks = await opened(bot, sockets);
    const silent = await atRest(bot);
    const cpuBefore = await bot.cpuMs();
    const said = await spoken(talks, rounds);
    const cpu = ((await bot.cpuMs()) - cpuBefore) / (rounds * roundMs);
    const talked = await atRest(bot);
    const each = (after: Held, what: keyof Held) => [(after[what] - none[what]) / sockets / 1_000];
    const talking = `after ${((rounds * roundMs) / 60_000).toFixed(1)} minutes of talk`;
    const ended = disconnects.count;
    for (const talk of talks) talk.close();
    return asMarkdown([
      judgedHead,
      judged('memory of an open conversation that was greeted', each(silent, 'resident'), 20, 'kB'),
      judged('of that on V8’s heap and in buffers', each(silent, 'heap'), null, 'kB'),
      judged(`memory of one ${talking}`, each(talked, 'resident'), 20, 'kB'),
      judged('of that on V8’s heap and in buffers', each(talked, 'heap'), null, 'kB'),
      judged('p50 of a turn, from when it was due', [percentile(said.flat(), 50)], null, 'ms'),
      judged('p99 of a turn, from when it was due', [percentile(said.flat(), 99)], 250, 'ms'),
      judged(
        'the same in each 25 s',
        said.map((times) => percentile(times, 99)),
        null,
        'ms',
      ),
      judged('turns a second', [said.flat().length / ((rounds * roundMs) / 1_000)], null, ''),
      judged('CPU of the process, of one core', [cpu * 100], null, '%'),
      ['disconnects', `${ended}`, '', '0', ended === 0 ? 'met' : 'missed'],
    ]);
  } finally {
    await bot.stop();
  }
}

async function warmUp(bot: Latchkey): Promise<void> {
  for (const talk of await bot.open(before)) {
    for (const step of mixed.steps) await talk.say(step);
    talk.close();
  }
}

async function opened(bot: Latchkey, count: number): Promise<Talk[]> {
  const some = await Promise.all(Array.from({ length: atOnce }, () => bot.open(Math.ceil(count / atOnce))));
  return some.flat();
}

type Held = Awaited<ReturnType<typeof atRest>>;

/** What it holds after a collection. */
async function atRest(bot: Latchkey) {
  await sleep(restMs);
  return bot.child.ask('memory');
}

/** So many messages every second, whatever became of those before, each by one of the customers who have read their answer; how long each took, by round. */
async function spoken(talks: readonly Talk[], rounds: number): Promise<number[][]> {
  const times = Array.from({ length: rounds }, (): number[] => []);
  const idle = talks.map((talk, i) => ({ talk, next: beginnings[i % beginnings.length] ?? 0 }));
  const begun = performance.now();
  const turns: Promise<void>[] = [];
  const total = (rounds * roundMs * perSecond) / 1_000;
  for (let sent = 0; sent < total;) {
    await sleep(2);
    const due = Math.min(total, Math.floor(((performance.now() - begun) * perSecond) / 1_000));
    for (; sent < due; sent += 1) {
      const [one] = idle.splice(Math.floor(Math.random() * idle.length), 1);
      if (!one) throw new Error('every customer waits for an answer');
      turns.push(turn(one, begun + (sent * 1_000) / perSecond, times[Math.floor((sent / total) * rounds)] ?? []));
    }
  }
  await Promise.all(turns);
  return times;

  async function turn(one: (typeof idle)[number], due: number, round: number[]): Promise<void> {
    try {
      for (const step of endless.slice(one.next, one.next + 1)) await one.talk.say(step);
    } catch (error) {
      surprises.push(String(error));
      return;
    }
    one.next = (one.next + 1) % endless.length;
    idle.push(one);
    round.push(performance.now() - due);
  }
}
