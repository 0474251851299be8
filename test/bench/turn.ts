import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentFolder } from '../../src/config.ts';
import { sampleCustomers } from '../../src/demo/customers.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { readLayers } from '../../src/knowledge/layers.ts';
import { loadContent } from '../../src/knowledge/load.ts';
import { snapshot } from '../diagnosis/snapshots.ts';
import { startChild } from './child.ts';
import { agent, openTalk, post } from './direct-line.ts';

/**
 * `npm run bench`: durable Latchkey turns over Direct Line against the SDK's bare EchoBot answering by callback, in turns in
 * one run on one machine, so that what else the machine does meets both. A turn ends when its last reply has reached the
 * client.
 */
const rounds = 8;
const turnsARound = 288;
const warmUp = 1_500;

/** A bot in a process of its own. */
interface Bench {
  turn(conversation: number): Promise<void>;
  cpuMs(): Promise<number>;
  stop(): Promise<void>;
}

/** What one round, or all of them, cost. */
interface Figures {
  readonly cpuMs: number;
  readonly times: readonly number[];
}

async function measure(bot: Bench, conversations: number, turns: number): Promise<Figures> {
  const times: number[] = [];
  const talk = async (conversation: number) => {
    for (let i = 0; i < turns / conversations; i += 1) {
      const before = performance.now();
      await bot.turn(conversation);
      times.push(performance.now() - before);
    }
  };
  const before = await bot.cpuMs();
  await Promise.all(Array.from({ length: conversations }, (_, i) => talk(i)));
  return { cpuMs: ((await bot.cpuMs()) - before) / times.length, times };
}

async function startEcho(): Promise<Bench> {
  const waiting = new Map<string, () => void>();
  const connector = createServer((incoming, response) => {
    incoming.resume().on('end', () => {
      const conversation = /conversations\/(\w+)\//.exec(incoming.url ?? '')?.[1] ?? '';
      answerJson(response, { id: '1' });
      waiting.get(conversation)?.();
    });
  }).listen(0, '127.0.0.1');
  await once(connector, 'listening');
  const serviceUrl = `http://127.0.0.1:${portOf(connector)}`;
  const child = await startChild('echo-server.ts');
  let count = 0;
  return {
    async turn(conversation) {
      const id = `c${conversation}`;
      const replied = new Promise<void>((resolve) => waiting.set(id, resolve));
      count += 1;
      await post(child.port, '/api/messages', {
        type: 'message',
        id: String(count),
        text: 'I get access denied when I try to export',
        channelId: 'test',
        serviceUrl,
        from: { id: 'user' },
        recipient: { id: 'bot' },
        conversation: { id },
      });
      await replied;
    },
    cpuMs: () => child.cpuMs(),
    async stop() {
      await child.stop();
      connector.closeAllConnections();
      connector.close();
    },
  };
}

/** `delays`: how long the account API takes, in milliseconds. */
async function startLatchkey(delays: { ms: number }): Promise<Bench> {
  const customer = sampleCustomers.find((one) => one.name === 'over-limit');
  if (typeof customer?.access !== 'function') throw new Error('no sample customer');
  const body = customer.access(Date.now());
  const answer = (response: ServerResponse) => answerJson(response, body);
  const accountApi = createServer((_, response) => {
    if (delays.ms === 0) answer(response);
    else setTimeout(answer, delays.ms, response);
  }).listen(0, '127.0.0.1');
  await once(accountApi, 'listening');
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const child = await startChild('latchkey-server.ts', [dataDir, `http://127.0.0.1:${portOf(accountApi)}`]);
  const talks = await Promise.all(Array.from({ length: 32 }, () => openTalk(child.port)));
  return {
    turn: async (conversation) => talks[conversation]?.turn(),
    cpuMs: () => child.cpuMs(),
    async stop() {
      for (const talk of talks) talk.close();
      await child.stop();
      accountApi.closeAllConnections();
      accountApi.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** The median, and the lowest and highest. */
function spread(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, low: sorted[0] ?? 0, high: sorted.at(-1) ?? 0 };
}

function printRow(bot: string, conversations: number, figures: readonly Figures[]): void {
  const times = figures.flatMap((one) => one.times).toSorted((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2).padStart(8);
  const cpu = spread(figures.map(({ cpuMs }) => cpuMs)).median.toFixed(3);
  console.log(bot.padEnd(10), String(conversations).padStart(13), cpu.padStart(13), at(0.5), at(0.99));
}

function printRatio(what: string, ratios: readonly number[]): void {
  const { median, low, high } = spread(ratios);
  const [m, from, to] = [median, low, high].map((ratio) => ratio.toFixed(2));
  console.log(`${what}: ${m} x (${from} to ${to} in ${ratios.length} rounds)`);
}

async function turns(): Promise<void> {
  const delays = { ms: 0 };
  const echo = await startEcho();
  const latchkey = await startLatchkey(delays);
  const inTurns = async (conversations: number, sides: readonly { bot: Bench; ms: number }[]) => {
    const figures: Figures[][] = sides.map(() => []);
    for (let round = 0; round < rounds; round += 1)
      for (const [side, { bot, ms }] of sides.entries()) {
        delays.ms = ms;
        figures[side]?.push(await measure(bot, conversations, turnsARound));
      }
    return figures;
  };
  const ratios = ([under = [], over = []]: Figures[][]) => over.map(({ cpuMs }, i) => cpuMs / (under[i]?.cpuMs ?? 0));
  const compared: [string, number[]][] = [];
  console.log('bot        conversations   CPU ms/turn   p50 ms   p99 ms');
  for (const conversations of [1, 32]) {
    for (const bot of [echo, latchkey]) await measure(bot, conversations, warmUp);
    const both = await inTurns(conversations, [
      { bot: echo, ms: 0 },
      { bot: latchkey, ms: 0 },
    ]);
    printRow('EchoBot', conversations, both[0] ?? []);
    printRow('Latchkey', conversations, both[1] ?? []);
    compared.push([`CPU of a turn to the EchoBot's, ${conversations} conversations (goal: 0.80)`, ratios(both)]);
  }
  const slowed = await inTurns(32, [
    { bot: latchkey, ms: 1 },
    { bot: latchkey, ms: 100 },
  ]);
  compared.push(['CPU of a turn whose account API takes 100 ms to one with 1 ms', ratios(slowed)]);
  for (const [what, found] of compared) printRatio(what, found);
  await echo.stop();
  await latchkey.stop();
}

function answerJson(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}

/** From the start of the process until it says where it listens; the words are trained and the code compiled before. */
async function coldStart(): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const root = join(import.meta.dirname, '../..');
  const args = ['--disable-warning=ExperimentalWarning', '--import', './src/cli/compile-cache.js', 'src/main.ts'];
  const times: number[] = [];
  for (let i = 0; i < 6; i += 1) {
    const before = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, PORT: '0', DATA_DIR: dataDir } });
    await once(child.stdout, 'data');
    times.push(performance.now() - before);
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(dataDir, { recursive: true });
  return times.slice(1).sort((a, b) => a - b)[2] ?? 0;
}

/** One snapshot judged by every cause, in microseconds. */
function diagnosis(): number {
  const { content } = loadContent(readLayers([contentFolder]));
  const feature = content.catalog.features.find(({ slug }) => slug === 'export') ?? null;
  const about = { feature, catalog: content.catalog };
  const [many, given] = [200_000, snapshot()];
  for (let i = 0; i < many / 10; i += 1) diagnose(given, about);
  const before = performance.now();
  for (let i = 0; i < many; i += 1) diagnose(given, about);
  return ((performance.now() - before) * 1000) / many;
}

await turns();
console.log(`diagnosis of one snapshot: ${diagnosis().toFixed(1)} µs (goal: under 20)`);
console.log(`cold start to listening: ${(await coldStart()).toFixed(0)} ms, median of 5 (goal: under 1000)`);
agent.destroy();
